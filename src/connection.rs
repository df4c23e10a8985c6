//! The connection machine: "announce", "reestablish" and "fail the connection", and when to do which.
//!
//! Owns the state of one event source between `new EventSource()` and CLOSED. Knows no browser, no clock and no
//! randomness: what happens comes in as an [`Input`], what is to be done goes out as [`Output`]s.
//!
//! Whoever drives it takes all outputs of one input, by [`Connection::next_output`], before it hands in the next one, and
//! carries each out while it holds no borrow of the machine: page code runs then, and may close the source.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model>

use std::mem;

use crate::event_stream::{Batch, Parsed, Parser};
use crate::page::{Page, http_origin};
use crate::reconnect::Reconnection;
use crate::response::Response;

/// Past so much text in a transport that keeps it all, in UTF-16 units, the connection is renewed.
const MOST_HELD: usize = 16 << 20;
/// The same where a renewal may lose events: the server has given no id to go on from, or its CORS refuses that.
const MOST_HELD_WITHOUT_ID: usize = 128 << 20;

/// Which request (with its timers) an input belongs to. What comes for an attempt that is over touches nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt(pub(crate) u32);

/// What has happened.
#[derive(Debug)]
pub enum Input<'a> {
    /// The response's headers are there.
    Response(Response),
    /// There is no response: a network error, or one of the browser's refusals.
    Refused(Refusal),
    /// The probe got an answer, or none.
    Probed { answered: bool },
    /// Bytes of the body.
    Chunk(&'a [u8]),
    /// Text of the body, from a transport that decodes it itself.
    Text(&'a str),
    /// The transport keeps all text of the response, which is so many UTF-16 units by now, and its body goes on.
    Held(usize),
    /// The body has ended or broken off.
    End,
    /// The wait is over.
    WaitOver,
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Fetch does not tell: an unreachable server, or CORS.
    Unknown,
    /// The page's Content Security Policy forbids the request.
    Policy,
    /// The browser was told to stop loading the page.
    Stopped,
}

/// What is to be done, in this order.
#[derive(Debug)]
pub enum Output {
    /// Send the request, in place of one that is under way, and give the inputs `Response`, `Chunk` (or `Text` and `Held`)
    /// and `End`, or `Refused`.
    Request(Request),
    /// Ask the URL by `HEAD`, `no-cors` and with the same credentials, and give `Probed`.
    Probe { attempt: Attempt, url: String },
    /// Give `WaitOver` after so many milliseconds.
    Wait { attempt: Attempt, milliseconds: u32 },
    /// Give up what the last `Request`, `Probe` or `Wait` began, if it has not ended by itself.
    Abort,
    /// Set `readyState` to OPEN and fire `open`. The URL is the response's.
    Open { url: String },
    /// Set the last event ID and dispatch the events.
    Dispatch(Batch),
    /// The reconnection time is now this, in milliseconds.
    ReconnectionTime(u32),
    /// Set `readyState` to CONNECTING or, when failed, to CLOSED, and fire `error`.
    Error { failed: bool },
    /// Warn once that this server's CORS refuses `Last-Event-ID`.
    WarnIdRefused,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub attempt: Attempt,
    pub url: String,
    /// Each header that the browser does not send by itself would bring a CORS preflight.
    pub cross_origin: bool,
    /// The value for `Last-Event-ID`, whose UTF-8 bytes are sent; never empty.
    pub last_event_id: Option<String>,
}

#[derive(Debug)]
enum State {
    /// A request is under way.
    Connecting {
        id: IdHeader,
        suspicion: Suspicion,
    },
    /// The request was refused: was that CORS?
    Probing,
    Open {
        parser: Box<Parser>,
        dispatched: bool,
    },
    /// For the next attempt, which starts without suspicion.
    Waiting,
    Closed,
}

/// What the request under way says of the last event ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IdHeader {
    /// There is none.
    None,
    Sent,
    /// Left out, since the same request was refused with it.
    Withheld,
}

/// Whether CORS is the reason for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suspicion {
    None,
    /// The last request was refused, though the server answers.
    Cors,
}

#[derive(Debug)]
pub struct Connection {
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
        let mut connection = Self {
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
        let mut connection = Self::new(page, url, last_event_id, reconnection);
        connection.outputs.clear();
        connection.was_open = true;
        connection.reestablish(true);
        connection
    }

    /// Takes in what has happened. The outputs of earlier inputs must have been taken.
    pub fn handle(&mut self, attempt: Attempt, input: Input<'_>) {
        if attempt != self.attempt {
            return;
        }
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
            (State::Probing, Input::Probed { answered: false }) => self.reestablish(false),
            (State::Open { parser, .. }, Input::Chunk(bytes)) => {
                let parsed = parser.feed(bytes);
                self.dispatch(parsed);
            }
            (State::Open { parser, .. }, Input::Text(text)) => {
                let parsed = parser.feed_decoded(text);
                self.dispatch(parsed);
            }
            (State::Open { parser, dispatched }, Input::Held(units)) if parser.has_passed_boundary() => {
                // Without an id to go on from, or with one that the server is known to refuse.
                let loses = parser.last_event_id().is_empty() || (self.id_warned && !self.id_accepted);
                if units > if loses { MOST_HELD_WITHOUT_ID } else { MOST_HELD } {
                    self.last_event_id = parser.last_event_id().into();
                    let dispatched = *dispatched;
                    self.renew(dispatched);
                }
            }
            (State::Open { .. }, Input::Refused(Refusal::Stopped)) => self.fail(),
            (State::Open { parser, dispatched }, Input::End) => {
                self.last_event_id = parser.last_event_id().into();
                let dispatched = *dispatched;
                self.reestablish(dispatched);
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
        // Never more than a few.
        (!self.outputs.is_empty()).then(|| self.outputs.remove(0))
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
            return self.fail();
        }
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
        self.state = State::Open { parser: Box::new(Parser::new(&self.last_event_id)), dispatched: false };
        self.outputs.push(Output::Open { url: self.url.clone() });
    }

    /// "If res is a network error, then reestablish the connection, unless the user agent knows that to be futile, in
    /// which case the user agent may fail the connection."
    fn refuse(&mut self, id: IdHeader, suspicion: Suspicion, refusal: Refusal) {
        if refusal != Refusal::Unknown || self.page.never_reaches(&self.url) {
            self.fail();
        } else if !self.page.is_cross_origin(&self.url) {
            self.reestablish(false);
        } else if id == IdHeader::Sent && !self.id_accepted {
            // Non-standard: a script's `Last-Event-ID` brings a preflight, which the browser's own request does not, and
            // the server may refuse that alone. Without waiting, since the server need not be at fault.
            self.request(IdHeader::Withheld, suspicion);
        } else if self.was_open {
            self.reestablish(false);
        } else if suspicion == Suspicion::Cors {
            self.fail();
        } else {
            self.attempt_anew();
            self.state = State::Probing;
            self.outputs.push(Output::Probe { attempt: self.attempt, url: self.url.clone() });
        }
    }

    fn dispatch(&mut self, parsed: Parsed) {
        let State::Open { dispatched, .. } = &mut self.state else { return };
        *dispatched |= parsed.batch.has_events();
        if let Some(milliseconds) = parsed.reconnection_time {
            let time = self.reconnection.set_time(milliseconds);
            self.outputs.push(Output::ReconnectionTime(time));
        }
        if !parsed.batch.is_empty() {
            self.outputs.push(Output::Dispatch(parsed.batch));
        }
    }

    /// Reestablishes without the wait, at an event boundary. What the last chunk has after it is dropped, since the server
    /// sends what comes after the last event ID: a busy stream's chunks hardly ever end at a boundary. Without one in the
    /// chunk there is no renewal, or an event longer than the bound would be given up again and again.
    fn renew(&mut self, dispatched: bool) {
        self.outputs.push(Output::Error { failed: false });
        // The attempt counts for the waits to come.
        let _ = self.reconnection.wait_after(dispatched);
        self.request_anew(Suspicion::None);
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection>
    fn reestablish(&mut self, dispatched: bool) {
        self.attempt_anew();
        self.state = State::Waiting;
        self.outputs.push(Output::Error { failed: false });
        let milliseconds = self.reconnection.wait_after(dispatched);
        self.outputs.push(Output::Wait { attempt: self.attempt, milliseconds });
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection>
    fn fail(&mut self) {
        self.state = State::Closed;
        self.outputs.push(Output::Abort);
        self.outputs.push(Output::Error { failed: true });
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
    }

    /// What comes for the attempt until now is too late from here on.
    fn attempt_anew(&mut self) {
        self.attempt = Attempt(self.attempt.0.wrapping_add(1));
    }
}
