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

use crate::event_stream::{Batch, Parsed, Parser};
use crate::page::{Page, http_origin};
use crate::policy::{Loss, Policy, Reason};
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
#[expect(missing_docs, reason = "each variant's text says what its fields are")]
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
    /// The body has ended, or has broken off where nobody tells the difference.
    End,
    /// The body has broken off.
    Broken,
    /// The wait is over.
    WaitOver,
    /// The time of a `Watch` is over.
    WatchOver,
    /// What the caller says to an `Ask`; `None` for nothing.
    Decided { retries: Option<bool> },
    /// The events of an `AwaitDelivery` are dispatched.
    Delivered,
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
#[expect(missing_docs, reason = "each variant's text says what its fields are")]
#[derive(Debug)]
pub enum Output {
    /// Send the request, in place of one that is under way, and give the inputs `Response`, `Chunk` (or `Text` and `Held`)
    /// and `End`, or `Refused`.
    Request(Request),
    /// Ask the URL by `HEAD`, `no-cors` and with the same credentials, and give `Probed`.
    Probe { attempt: Attempt, url: String },
    /// Give `WaitOver` after so many milliseconds.
    Wait { attempt: Attempt, milliseconds: u32 },
    /// Give `WatchOver` after so many milliseconds, whatever else goes on.
    Watch { attempt: Attempt, milliseconds: u32 },
    /// Ask the caller whether to try again, which is so if nothing is said when it `retries`, and give `Decided`.
    Ask { attempt: Attempt, reason: Reason, retries: bool },
    /// Give up what the last `Request`, `Probe` or `Wait` began, if it has not ended by itself.
    Abort,
    /// Set `readyState` to OPEN and fire `open`. The URL is the response's.
    Open { url: String },
    /// Set the last event ID and dispatch the events.
    Dispatch(Batch),
    /// Give `Delivered` once the events of the last `Dispatch` are dispatched, and before anything else.
    AwaitDelivery { attempt: Attempt },
    /// The reconnection time is now this, in milliseconds.
    ReconnectionTime(u32),
    /// Set `readyState` to CONNECTING or, when failed, to CLOSED, and fire `error`.
    Error { failed: bool, loss: Loss },
    /// Warn once that this server's CORS refuses `Last-Event-ID`.
    WarnIdRefused,
}

/// A request for the stream: a `GET` with `Accept: text/event-stream`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Comes back with its inputs.
    pub attempt: Attempt,
    /// Absolute.
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
    /// For the caller's decision on what is lost.
    #[cfg(feature = "options")]
    Asking(Lost),
    /// Until it is resumed.
    #[cfg(feature = "options")]
    Paused,
    Closed,
}

/// An attempt that is over.
#[cfg(feature = "options")]
#[derive(Debug, Clone, Copy)]
struct Lost {
    reason: Reason,
    /// It is tried again, if the caller has no other opinion.
    retries: bool,
    dispatched: bool,
    /// The page knows it as open.
    announced: bool,
    /// The wait is at least so long, in milliseconds.
    retry_after: u32,
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

/// How many times in a row a `Watch` must be over, without a byte between, until the heartbeat's timeout is: no byte sets a timer
/// anew, and a page that slept has slept through one of them only.
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
            (State::Open { parser, dispatched }, Input::Held(units)) if parser.has_passed_boundary() => {
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

    /// Ends what is under way, without another word, until [`resume`](Self::resume_paused).
    #[cfg(feature = "options")]
    pub fn pause(&mut self) {
        if !matches!(self.state, State::Closed | State::Paused) {
            self.give_up();
            self.state = State::Paused;
        }
    }

    /// Goes on after a pause, at once.
    #[cfg(feature = "options")]
    pub fn resume_paused(&mut self) {
        if matches!(self.state, State::Paused) {
            self.request_anew(Suspicion::None);
        }
    }

    /// Connects anew, at once.
    #[cfg(feature = "options")]
    pub fn reconnect(&mut self) {
        if !matches!(self.state, State::Closed | State::Paused) {
            self.give_up();
            self.request_anew(Suspicion::None);
        }
    }

    /// The page ends an attempt, and tells itself when that was open.
    #[cfg(feature = "options")]
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
        self.state = State::Open { parser: Box::new(Parser::new(&self.last_event_id)), dispatched: false };
        self.outputs.push(Output::Open { url: self.url.clone() });
        if let Some(start) = start {
            self.url = start;
        }
    }

    /// The response is none of an event stream.
    fn reject(&mut self, response: &Response) {
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
    fn end(&mut self, reason: Reason) {
        let State::Open { parser, dispatched, .. } = &self.state else { return };
        self.last_event_id = parser.last_event_id().into();
        let dispatched = *dispatched;
        self.lose(reason, dispatched);
    }

    /// A `Watch` is over.
    #[cfg(feature = "options")]
    fn watched(&mut self) {
        self.silences += 1;
        if self.silences < WATCHES {
            return self.watch();
        }
        self.outputs.push(Output::Abort);
        if matches!(self.state, State::Open { .. }) {
            return self.end(Reason::Timeout);
        }
        self.lose(Reason::Timeout, false);
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

    /// Fails when the event that is unfinished is too large; but not before those that came with its start are delivered.
    #[cfg(feature = "options")]
    fn check_size(&mut self, is_delivered: bool) {
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

    /// Reestablishes without the wait, at an event boundary. What the last chunk has after it is dropped, since the server
    /// sends what comes after the last event ID: a busy stream's chunks hardly ever end at a boundary. Without one in the
    /// chunk there is no renewal, or an event longer than the bound would be given up again and again.
    fn renew(&mut self, dispatched: bool) {
        self.outputs.push(Output::Error { failed: false, loss: Loss::new(Reason::Aborted, Some(0)) });
        // The attempt counts for the waits to come.
        let _ = self.reconnection.wait_after(dispatched);
        self.request_anew(Suspicion::None);
    }

    /// An attempt is over in a way after which the Standard tries again.
    fn lose(&mut self, reason: Reason, dispatched: bool) {
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

    /// What then is the caller's to say, if anyone's.
    #[cfg(feature = "options")]
    fn consider(&mut self, lost: Lost) {
        if !self.policy.asks {
            return self.settle(lost);
        }
        self.attempt_anew();
        self.state = State::Asking(lost);
        let Lost { reason, retries, .. } = lost;
        self.outputs.push(Output::Ask { attempt: self.attempt, reason, retries });
    }

    #[cfg(feature = "options")]
    fn settle(&mut self, lost: Lost) {
        let wait = self.reconnection.wait_after(lost.dispatched);
        if lost.retries && !self.reconnection.is_exhausted() {
            self.reestablish(lost.reason, wait.max(lost.retry_after));
        } else {
            self.fail(lost.reason);
        }
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection>
    fn reestablish(&mut self, reason: Reason, milliseconds: u32) {
        self.attempt_anew();
        self.state = State::Waiting;
        self.outputs.push(Output::Error { failed: false, loss: Loss::new(reason, Some(milliseconds)) });
        self.outputs.push(Output::Wait { attempt: self.attempt, milliseconds });
    }

    /// <https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection>
    fn fail(&mut self, reason: Reason) {
        self.state = State::Closed;
        self.outputs.push(Output::Abort);
        self.outputs.push(Output::Error { failed: true, loss: Loss::new(reason, None) });
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
