//! How a [`Connection`] loses an attempt, and what then: "reestablish" or "fail the connection".

#[cfg(feature = "options")]
use super::state::Lost;
use super::state::{State, Suspicion};
use super::{Connection, Output};
use crate::policy::{Loss, Reason};
use crate::response::Response;

impl Connection {
    /// The response is none of an event stream.
    pub(super) fn reject(&mut self, response: &Response) {
        let reason = if response.status == 200 { Reason::ContentType } else { Reason::HttpStatus };
        #[cfg(feature = "options")]
        {
            let retries = self.policy.retries && self.policy.statuses.contains(&response.status);
            if retries || self.policy.asks {
                self.outputs.push(Output::Abort);
                let retry_after = response.retry_after.unwrap_or(0);
                return self.consider(Lost { reason, retries, dispatched: false, announced: false, retry_after });
            }
        }
        self.fail(reason);
    }

    /// The body is over.
    pub(super) fn end(&mut self, reason: Reason) {
        let State::Open { parser, dispatched, .. } = &self.state else { return };
        self.last_event_id = parser.last_event_id().into();
        let dispatched = *dispatched;
        self.lose(reason, dispatched);
    }

    /// Reestablishes without the wait, at an event boundary. What the last chunk has after it is dropped, since the server
    /// sends what comes after the last event ID: a busy stream's chunks hardly ever end at a boundary. Without one in the
    /// chunk there is no renewal, or an event longer than the bound would be given up again and again. A caller
    /// who wants to be asked is asked, as of any loss.
    pub(super) fn renew(&mut self, dispatched: bool) {
        #[cfg(feature = "options")]
        if self.policy.asks {
            self.outputs.push(Output::Abort);
            return self.lose(Reason::Aborted, dispatched);
        }
        self.outputs.push(Output::Error { failed: false, loss: Loss::new(Reason::Aborted, Some(0)) });
        // The attempt counts for the waits to come.
        let _ = self.reconnection.wait_after(dispatched);
        self.request_anew(Suspicion::None);
    }

    /// An attempt is over in a way after which the Standard tries again.
    pub(super) fn lose(&mut self, reason: Reason, dispatched: bool) {
        #[cfg(feature = "options")]
        {
            let announced = matches!(self.state, State::Open { .. });
            self.consider(Lost { reason, retries: self.policy.retries, dispatched, announced, retry_after: 0 });
        }
        #[cfg(not(feature = "options"))]
        {
            let milliseconds = self.reconnection.wait_after(dispatched);
            self.reestablish(reason, milliseconds);
        }
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection>
    pub(super) fn reestablish(&mut self, reason: Reason, milliseconds: u32) {
        self.attempt_anew();
        self.state = State::Waiting;
        self.outputs.push(Output::Error { failed: false, loss: Loss::new(reason, Some(milliseconds)) });
        self.outputs.push(Output::Wait { attempt: self.attempt, milliseconds });
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection>
    pub(super) fn fail(&mut self, reason: Reason) {
        self.state = State::Closed;
        self.outputs.push(Output::Abort);
        self.outputs.push(Output::Error { failed: true, loss: Loss::new(reason, None) });
    }
}
