//! The connection machine: "announce", "reestablish" and "fail the connection", and when to do which.
//!
//! Owns the state of one event source between `new EventSource()` and CLOSED. Knows no browser, no clock and no
//! randomness: what happens comes in as an [`Input`], what is to be done goes out as [`Output`]s.
//!
//! Whoever drives it takes all outputs of one input, by [`Connection::next_output`], before it hands in the next one, and
//! carries each out while it holds no borrow of the machine: page code runs then, and may close the source.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model>

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

mod input;
mod losing;
#[cfg(feature = "options")]
mod options;
mod output;
mod state;

pub use input::{Attempt, Input, Refusal};
pub use output::{Output, Request};

use crate::event_stream::{Batch, Parsed, Parser};
use crate::page::{Page, http_origin};
use crate::policy::{Policy, Reason};
use crate::reconnect::Reconnection;
use crate::response::Response;
#[cfg(feature = "options")]
use state::Lost;
use state::{IdHeader, State, Suspicion};

/// Past so much text in a transport that keeps it all, in UTF-16 units, the connection is renewed.
const MOST_HELD: usize = 16 << 20;
/// The same where a renewal may lose events: the server has given no id to go on from, or its CORS refuses that.
const MOST_HELD_WITHOUT_ID: usize = 128 << 20;

/// A `Watch` takes this part of the heartbeat's timeout: no byte sets a timer anew, and a page that slept has slept through one of
/// them only.
const WATCHES: u32 = 4;

/// That of the cores without options.
#[cfg(not(feature = "options"))]
static STANDARD: Policy = Policy::STANDARD;

/// One event source's connection: the machine. It begins with a request, and ends closed.
#[derive(Debug)]
pub struct Connection {
    #[cfg(feature = "options")]
    policy: Policy,
    /// How many `Watch`es in a row were over without a byte.
    #[cfg(feature = "options")]
    silences: u32,
    state: State,
    attempt: Attempt,
    page: Page,
    /// The current URL of the Standard's request object: the constructor's, then that of the last accepted response.
    url: String,
    /// The last event ID string, while no parser has it.
    last_event_id: String,
    /// The server takes `Last-Event-ID`: a refusal has another reason.
    id_accepted: bool,
    id_warned: bool,
    /// There was a response that announced the connection.
    was_open: bool,
    reconnection: Reconnection,
    outputs: Vec<Output>,
}

impl Connection {
    /// A connection to `url` (serialized by the URL Standard), whose first outputs wait to be taken. `last_event_id` is
    /// empty for a new source.
    pub fn new(page: Page, url: String, last_event_id: String, reconnection: Reconnection) -> Self {
        Self::obeying(Policy::STANDARD, page, url, last_event_id, reconnection)
    }

    /// The same with a policy of the caller's.
    #[cfg_attr(not(feature = "options"), expect(unused_variables, reason = "it is the Standard's"))]
    pub fn obeying(policy: Policy, page: Page, url: String, last_event_id: String, reconnection: Reconnection) -> Self {
        let mut connection = Self {
            #[cfg(feature = "options")]
            policy,
            #[cfg(feature = "options")]
            silences: 0,
            state: State::Waiting,
            attempt: Attempt(0),
            page,
            url,
            last_event_id,
            id_accepted: false,
            id_warned: false,
            was_open: false,
            reconnection,
            outputs: Vec::new(),
        };
        connection.request_anew(Suspicion::None);
        connection
    }

    /// Goes on for a source whose instance is lost: as after the end of its stream.
    pub fn resume(page: Page, url: String, last_event_id: String, reconnection: Reconnection) -> Self {
        Self::new(page, url, last_event_id, reconnection).resumed()
    }

    /// The same for a new connection, whose outputs have not been taken.
    pub fn resumed(mut self) -> Self {
        self.outputs.clear();
        self.was_open = true;
        self.lose(Reason::Network, true);
        self
    }

    fn policy(&self) -> &Policy {
        #[cfg(feature = "options")]
        return &self.policy;
        #[cfg(not(feature = "options"))]
        return &STANDARD;
    }

    /// Takes in what has happened. The outputs of earlier inputs must have been taken.
    pub fn handle(&mut self, attempt: Attempt, input: Input<'_>) {
        if attempt != self.attempt {
            return;
        }
        let retries = self.policy().retries;
        match (&mut self.state, input) {
            (State::Connecting { id, .. }, Input::Response(response)) => {
                let id = *id;
                self.respond(id, response);
            }
            (State::Connecting { id, suspicion }, Input::Refused(refusal)) => {
                let (id, suspicion) = (*id, *suspicion);
                self.refuse(id, suspicion, refusal);
            }
            (State::Probing, Input::Probed { answered: true }) => self.request_anew(Suspicion::Cors),
            (State::Probing, Input::Probed { answered: false }) => self.lose(Reason::Network, false),
            (State::Open { parser, .. }, Input::Chunk(bytes)) => {
                let parsed = parser.feed(bytes);
                self.dispatch(parsed);
            }
            (State::Open { parser, .. }, Input::Text(text)) => {
                let parsed = parser.feed_decoded(text);
                self.dispatch(parsed);
            }
            (State::Open { parser, dispatched }, Input::Held(units)) if retries && parser.has_passed_boundary() => {
                // Without an id to go on from, or with one that the server is known to refuse.
                let loses = parser.last_event_id().is_empty() || (self.id_warned && !self.id_accepted);
                if units > if loses { MOST_HELD_WITHOUT_ID } else { MOST_HELD } {
                    self.last_event_id = parser.last_event_id().into();
                    let dispatched = *dispatched;
                    self.renew(dispatched);
                }
            }
            (State::Open { .. }, Input::Refused(Refusal::Stopped)) => self.fail(Reason::Aborted),
            (State::Open { .. }, Input::End) => self.end(Reason::StreamEnded),
            #[cfg(feature = "options")]
            (State::Open { .. }, Input::Broken) => self.end(Reason::Network),
            #[cfg(feature = "options")]
            (State::Open { .. }, Input::Delivered) => self.check_size(true),
            #[cfg(feature = "options")]
            (State::Connecting { .. } | State::Probing | State::Open { .. }, Input::WatchOver) => self.watched(),
            #[cfg(feature = "options")]
            (State::Asking(lost), Input::Decided { retries }) => {
                let lost = Lost { retries: retries.unwrap_or(lost.retries), ..*lost };
                self.settle(lost);
            }
            (State::Waiting, Input::WaitOver) => self.request_anew(Suspicion::None),
            // A driver that reports out of turn is too late: what it reports of has been given up.
            _ => {}
        }
    }

    /// Whether what comes for this attempt would touch nothing.
    pub fn has_given_up(&self, attempt: Attempt) -> bool {
        attempt != self.attempt || matches!(self.state, State::Closed)
    }

    /// Takes the batch of a `Dispatch` back that has been carried out, for its memory. Optional.
    pub fn recycle(&mut self, batch: Batch) {
        if let State::Open { parser, .. } = &mut self.state {
            parser.recycle(batch);
        }
    }

    /// The oldest output that has not been taken.
    pub fn next_output(&mut self) -> Option<Output> {
        // Never more than a few. By `remove` the core would have a `memmove`, which is 800 bytes of code.
        for index in 1..self.outputs.len() {
            self.outputs.swap(index - 1, index);
        }
        self.outputs.pop()
    }

    /// "The close() method must abort any instances of the fetch algorithm started for this EventSource object, and
    /// must set readyState to CLOSED." Outputs that have not been taken are dropped, but for an `Abort`: nothing is
    /// delivered any more.
    pub fn close(&mut self) {
        let was_closed = matches!(mem::replace(&mut self.state, State::Closed), State::Closed);
        let abort_is_due = !was_closed || self.outputs.iter().any(|output| matches!(output, Output::Abort));
        self.outputs.clear();
        if abort_is_due {
            self.outputs.push(Output::Abort);
        }
    }

    /// The verdict on the response, step 14 of the constructor: fail, or announce the connection.
    fn respond(&mut self, id: IdHeader, response: Response) {
        if !response.is_event_stream() {
            return self.reject(&response);
        }
        self.hear();
        let start = self.policy().starts_over.then(|| self.url.clone());
        match id {
            IdHeader::None => {}
            IdHeader::Sent => self.id_accepted = true,
            IdHeader::Withheld if self.id_warned => {}
            IdHeader::Withheld => {
                self.id_warned = true;
                self.outputs.push(Output::WarnIdRefused);
            }
        }
        if !response.url.is_empty() {
            // What one server takes says nothing of another.
            self.id_accepted &= id == IdHeader::Sent || http_origin(&self.url) == http_origin(&response.url);
            self.url = response.url;
        }
        self.was_open = true;
        let parser = Parser::bounded(&self.last_event_id, self.policy().max_id_size);
        self.state = State::Open { parser: Box::new(parser), dispatched: false };
        self.outputs.push(Output::Open { url: self.url.clone() });
        if let Some(start) = start {
            self.url = start;
        }
    }

    fn watch(&mut self) {
        let timeout = self.policy().heartbeat_timeout;
        if timeout > 0 {
            let milliseconds = timeout.div_ceil(WATCHES);
            self.outputs.push(Output::Watch { attempt: self.attempt, milliseconds });
        }
    }

    /// There is a sign of life.
    fn hear(&mut self) {
        #[cfg(feature = "options")]
        {
            self.silences = 0;
        }
    }

    /// "If res is a network error, then reestablish the connection, unless the user agent knows that to be futile, in
    /// which case the user agent may fail the connection."
    fn refuse(&mut self, id: IdHeader, suspicion: Suspicion, refusal: Refusal) {
        if refusal == Refusal::Stopped {
            self.fail(Reason::Aborted);
        } else if refusal == Refusal::Policy {
            self.fail(Reason::Policy);
        } else if self.page.never_reaches(&self.url) {
            self.fail(Reason::Network);
        } else if !self.policy().probes || !self.page.is_cross_origin(&self.url) {
            self.lose(Reason::Network, false);
        } else if id == IdHeader::Sent && !self.id_accepted {
            // Non-standard: a script's `Last-Event-ID` brings a preflight, which the browser's own request does not, and
            // the server may refuse that alone. Without waiting, since the server need not be at fault.
            self.request(IdHeader::Withheld, suspicion);
        } else if self.was_open {
            self.lose(Reason::Network, false);
        } else if suspicion == Suspicion::Cors {
            self.fail(Reason::Cors);
        } else {
            self.attempt_anew();
            self.state = State::Probing;
            self.outputs.push(Output::Probe { attempt: self.attempt, url: self.url.clone() });
            self.watch();
        }
    }

    fn dispatch(&mut self, parsed: Parsed) {
        self.hear();
        let State::Open { dispatched, .. } = &mut self.state else { return };
        *dispatched |= parsed.batch.has_events();
        if let Some(milliseconds) = parsed.reconnection_time {
            let time = self.reconnection.set_time(milliseconds);
            self.outputs.push(Output::ReconnectionTime(time));
        }
        let is_delivered = parsed.batch.is_empty();
        if !is_delivered {
            self.outputs.push(Output::Dispatch(parsed.batch));
        }
        #[cfg(feature = "options")]
        self.check_size(is_delivered);
    }

    fn request_anew(&mut self, suspicion: Suspicion) {
        let id = if self.last_event_id.is_empty() { IdHeader::None } else { IdHeader::Sent };
        self.request(id, suspicion);
    }

    fn request(&mut self, id: IdHeader, suspicion: Suspicion) {
        self.attempt_anew();
        self.state = State::Connecting { id, suspicion };
        self.outputs.push(Output::Request(Request {
            attempt: self.attempt,
            url: self.url.clone(),
            cross_origin: self.page.is_cross_origin(&self.url),
            last_event_id: (id == IdHeader::Sent).then(|| self.last_event_id.clone()),
        }));
        self.watch();
    }

    /// What comes for the attempt until now is too late from here on.
    fn attempt_anew(&mut self) {
        self.attempt = Attempt(self.attempt.0.wrapping_add(1));
        self.hear();
    }
}
