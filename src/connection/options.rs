//! What a [`Connection`] does by options alone.

use super::state::{Lost, State, Suspicion};
use super::{Connection, Output, WATCHES};
use crate::policy::{Loss, Reason};

impl Connection {
    /// Ends what is under way, without another word, until [`resume`](Self::resume_paused).
    pub fn pause(&mut self) {
        if !matches!(self.state, State::Closed | State::Paused) {
            self.give_up();
            self.state = State::Paused;
        }
    }

    /// Goes on after a pause, at once.
    pub fn resume_paused(&mut self) {
        if matches!(self.state, State::Paused) {
            self.request_anew(Suspicion::None);
        }
    }

    /// Connects anew, at once.
    pub fn reconnect(&mut self) {
        if !matches!(self.state, State::Closed | State::Paused) {
            self.give_up();
            self.request_anew(Suspicion::None);
        }
    }

    /// The page ends an attempt, and tells itself when that was open.
    fn give_up(&mut self) {
        self.attempt_anew();
        self.outputs.push(Output::Abort);
        let (reason, dispatched) = match &self.state {
            State::Open { parser, dispatched } => {
                self.last_event_id = parser.last_event_id().into();
                (Reason::Aborted, *dispatched)
            }
            State::Asking(Lost { announced: true, reason, dispatched, .. }) => (*reason, *dispatched),
            _ => return,
        };
        if dispatched {
            // Attempts without an event are no more in a row.
            let _ = self.reconnection.wait_after(true);
        }
        self.outputs.push(Output::Error { failed: false, loss: Loss::new(reason, None) });
    }

    /// A `Watch` is over. The last byte came while the first one of those in a row was under way, so that one does not count.
    pub(super) fn watched(&mut self) {
        self.silences += 1;
        if self.silences <= WATCHES {
            return self.watch();
        }
        self.outputs.push(Output::Abort);
        if matches!(self.state, State::Open { .. }) {
            return self.end(Reason::Timeout);
        }
        self.lose(Reason::Timeout, false);
    }

    /// Fails when the event that is unfinished is too large; but not before those that came with its start are delivered.
    pub(super) fn check_size(&mut self, is_delivered: bool) {
        let State::Open { parser, .. } = &self.state else { return };
        if parser.unfinished() <= self.policy.max_event_size {
            return;
        }
        if is_delivered {
            self.fail(Reason::TooLarge);
        } else {
            self.outputs.push(Output::AwaitDelivery { attempt: self.attempt });
        }
    }

    /// Whether a lost attempt is followed by another is the caller's to say, if anyone's.
    pub(super) fn consider(&mut self, mut lost: Lost) {
        if !self.policy.asks {
            return self.settle(lost);
        }
        lost.retries &= !self.reconnection.is_exhausted_by(lost.dispatched);
        self.attempt_anew();
        self.state = State::Asking(lost);
        let Lost { reason, retries, .. } = lost;
        self.outputs.push(Output::Ask { attempt: self.attempt, reason, retries });
    }

    pub(super) fn settle(&mut self, lost: Lost) {
        let is_exhausted = self.reconnection.is_exhausted_by(lost.dispatched);
        let wait = self.reconnection.wait_after(lost.dispatched);
        if lost.retries && !is_exhausted {
            self.reestablish(lost.reason, wait.max(lost.retry_after));
        } else {
            self.fail(lost.reason);
        }
    }
}
