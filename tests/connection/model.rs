//! A model driver: it obeys the machine as the browser's drivers do, remembers what is under way, and holds each output
//! against what the machine promises.

use eventsource_wasm::{Attempt, Connection, Input, Output, Page, Refusal, Request, Response};
use proptest::sample::Index;

use crate::common::oracle::Oracle;
use crate::common::reader::Reader;
use crate::renewing::{MOST, MOST_WITHOUT_ID};
use crate::waits::bounds;

/// An [`Input`] that owns what it brings.
#[derive(Debug, Clone)]
pub enum Happening {
    Response(Response),
    Refused(Refusal),
    Probed { answered: bool },
    Chunk(Vec<u8>),
    Text(String),
    Held(usize),
    End,
    WaitOver,
}

/// What comes next, whichever thing is under way.
#[derive(Debug, Clone)]
pub struct Next {
    pub response: Result<Response, Refusal>,
    pub answered: bool,
    /// A chunk becomes text where the transport decodes.
    pub body: Happening,
    /// What the transport holds after a text.
    pub held: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UnderWay {
    Request {
        with_id: bool,
    },
    Body,
    /// A body that is given up when the next request takes its place.
    Replaced,
    Probe,
    Wait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadyState {
    Connecting,
    Open,
    Closed,
}

/// What the input that is being handled allows.
#[derive(Debug, Default)]
struct Allowed {
    failing: bool,
    probing: bool,
    /// The request under way was refused with an id that the server need not have taken.
    withholding: bool,
}

pub struct Model {
    connection: Connection,
    page: Page,
    /// The transport decodes the bytes of a stream itself.
    decodes: bool,
    under_way: Option<(UnderWay, Attempt)>,
    attempts: Vec<Attempt>,
    ready_state: ReadyState,
    url: String,
    was_open: bool,
    warned: bool,
    /// The server takes the id, as far as is known.
    takes_id: bool,
    /// The request was refused, though a probe was answered.
    cors_suspected: bool,
    allowed: Allowed,
    /// What the page knows by the batches of the stream. The last event ID is the source's.
    reader: Reader,
    /// What came of the stream so far: bytes, or the text's.
    stream: Vec<u8>,
    /// The last of it had a blank line.
    at_boundary: bool,
    /// The last event ID that the stream began with.
    first_id: String,
    time: u32,
    /// Attempts in a row without an event; the one under way counts until it has brought one.
    fruitless: i32,
}

impl Model {
    pub fn new(
        connection: Connection,
        page: Page,
        decodes: bool,
        url: &str,
        last_event_id: &str,
        resumed: bool,
        time: u32,
    ) -> Self {
        Self {
            connection,
            page,
            decodes,
            under_way: None,
            attempts: Vec::new(),
            ready_state: ReadyState::Connecting,
            url: url.into(),
            was_open: resumed,
            warned: false,
            takes_id: true,
            cors_suspected: false,
            allowed: Allowed::default(),
            reader: Reader::new(last_event_id),
            stream: Vec::new(),
            at_boundary: false,
            first_id: last_event_id.into(),
            time,
            fruitless: if resumed { 0 } else { 1 },
        }
    }

    /// What is under way gets on, by what fits of this.
    pub fn get_on(&mut self, next: Next, close_after: Option<usize>) {
        let Next { response, answered, body, held } = next;
        let Some((under_way, attempt)) = self.under_way else { return };
        let happening = match (under_way, response, body) {
            (UnderWay::Request { .. }, Ok(response), _) => Happening::Response(response),
            (UnderWay::Request { .. }, Err(refusal), _) => Happening::Refused(refusal),
            (UnderWay::Probe, ..) => Happening::Probed { answered },
            (UnderWay::Body, _, Happening::Chunk(bytes)) if self.decodes => {
                Happening::Text(String::from_utf8_lossy(&bytes).into_owned())
            }
            (UnderWay::Body, _, body) => body,
            (UnderWay::Replaced, ..) => unreachable!("the next request has taken its place"),
            (UnderWay::Wait, ..) => Happening::WaitOver,
        };
        self.happens(under_way, attempt, &happening, close_after);
        if let (Happening::Text(_), Some((UnderWay::Body, _))) = (happening, self.under_way) {
            self.happens(UnderWay::Body, attempt, &Happening::Held(held), close_after);
        }
    }

    fn happens(&mut self, under_way: UnderWay, attempt: Attempt, happening: &Happening, close_after: Option<usize>) {
        self.foresee(under_way, happening);
        self.hand_in(attempt, happening);
        self.take_outputs(close_after);
        if let Happening::Refused(Refusal::Policy | Refusal::Stopped) = happening {
            assert_eq!(self.ready_state, ReadyState::Closed, "tried again in spite of {happening:?}");
        }
    }

    /// A report for an attempt that is over, or one that nobody has asked for, brings nothing.
    pub fn stray(&mut self, happening: Happening, attempt: Index) {
        if self.attempts.is_empty() {
            return;
        }
        let attempt = *attempt.get(&self.attempts);
        if self.under_way.is_some_and(|(under_way, current)| current == attempt && under_way.expects(&happening)) {
            return;
        }
        self.hand_in(attempt, &happening);
        assert!(self.connection.next_output().is_none(), "{happening:?} was too late or out of turn");
    }

    fn hand_in(&mut self, attempt: Attempt, happening: &Happening) {
        let input = match happening {
            Happening::Response(response) => Input::Response(response.clone()),
            Happening::Refused(refusal) => Input::Refused(*refusal),
            Happening::Probed { answered } => Input::Probed { answered: *answered },
            Happening::Chunk(bytes) => Input::Chunk(bytes),
            Happening::Text(text) => Input::Text(text),
            Happening::Held(units) => Input::Held(*units),
            Happening::End => Input::End,
            Happening::WaitOver => Input::WaitOver,
        };
        self.connection.handle(attempt, input);
    }

    /// What is under way by then, and what the machine may ask for.
    fn foresee(&mut self, under_way: UnderWay, happening: &Happening) {
        self.allowed = Allowed::default();
        match happening {
            Happening::Response(response) if response.is_event_stream() => {
                let with_id = under_way == UnderWay::Request { with_id: true };
                let withheld = !with_id && !self.reader.last_event_id.is_empty();
                let elsewhere = !response.url.is_empty() && origin(&response.url) != origin(&self.url);
                // What one server takes says nothing of another.
                self.takes_id = with_id || !(withheld || (elsewhere && self.warned)) && self.takes_id;
                if !response.url.is_empty() {
                    self.url.clone_from(&response.url);
                }
                if let Some((under_way, _)) = &mut self.under_way {
                    *under_way = UnderWay::Body;
                }
            }
            Happening::Response(_) => self.allowed.failing = true,
            Happening::Refused(refusal) => {
                let suspect = self.page.is_cross_origin(&self.url) && !self.was_open;
                self.allowed = Allowed {
                    failing: *refusal != Refusal::Unknown
                        || self.page.never_reaches(&self.url)
                        || (suspect && self.cors_suspected),
                    probing: suspect && !self.cors_suspected,
                    withholding: self.page.is_cross_origin(&self.url)
                        && under_way == UnderWay::Request { with_id: true },
                };
                self.under_way = None;
            }
            Happening::Probed { answered } => {
                self.cors_suspected = *answered;
                self.under_way = None;
            }
            Happening::Chunk(bytes) => self.stream_brings(bytes),
            Happening::Text(text) => self.stream_brings(text.as_bytes()),
            Happening::Held(units) => {
                let resumes = self.takes_id && !self.reader.last_event_id.is_empty();
                let most = if resumes { MOST } else { MOST_WITHOUT_ID };
                if *units > most && self.at_boundary {
                    self.under_way = self.under_way.map(|(_, attempt)| (UnderWay::Replaced, attempt));
                    self.fruitless += 1;
                }
            }
            Happening::End => self.under_way = None,
            Happening::WaitOver => {
                self.cors_suspected = false;
                self.under_way = None;
            }
        }
    }

    fn stream_brings(&mut self, bytes: &[u8]) {
        let blank_lines = self.oracle().last_event_ids.len();
        self.stream.extend_from_slice(bytes);
        self.at_boundary = self.oracle().last_event_ids.len() > blank_lines;
    }

    /// What the stream so far comes to.
    fn oracle(&self) -> Oracle {
        if !self.decodes {
            return Oracle::read(&self.stream, &self.first_id);
        }
        let text = std::str::from_utf8(&self.stream).expect("a text's bytes");
        Oracle::read_decoded(text, &self.first_id)
    }

    /// Takes all outputs, or closes the source after so many.
    pub fn take_outputs(&mut self, close_after: Option<usize>) {
        for taken in 0.. {
            if close_after == Some(taken) {
                return self.close();
            }
            let Some(output) = self.connection.next_output() else { break };
            self.obey(output);
        }
        let closed = self.ready_state == ReadyState::Closed;
        assert_eq!(self.under_way.is_none(), closed, "a source that is not closed has one thing under way");
        assert!(!matches!(self.under_way, Some((UnderWay::Replaced, _))), "no request has taken the body's place");
        for attempt in &self.attempts {
            let is_over = self.under_way.is_none_or(|(_, current)| current != *attempt);
            assert_eq!(self.connection.has_given_up(*attempt), is_over);
        }
        self.check_stream();
    }

    /// The page has what the stream so far comes to.
    fn check_stream(&self) {
        if self.ready_state != ReadyState::Open {
            return;
        }
        let expected = self.oracle().interpretation;
        assert_eq!(self.reader.events, expected.events);
        assert_eq!(self.reader.last_event_id, expected.last_event_id);
        if let Some(milliseconds) = expected.reconnection_time {
            assert_eq!(self.time, milliseconds.min(i32::MAX as u32));
        }
    }

    pub fn close(&mut self) {
        self.connection.close();
        let outputs: Vec<Output> = std::iter::from_fn(|| self.connection.next_output()).collect();
        assert!(matches!(outputs[..], [] | [Output::Abort]), "closed, and yet {outputs:?}");
        assert!(self.under_way.is_none() || outputs.len() == 1, "{:?} is not aborted", self.under_way);
        self.under_way = None;
        self.ready_state = ReadyState::Closed;
    }

    fn obey(&mut self, output: Output) {
        assert_ne!(self.ready_state, ReadyState::Closed, "{output:?} after the end");
        match output {
            Output::Request(request) => self.begin_request(request),
            Output::Probe { attempt, url } => {
                assert!(self.allowed.probing && self.ready_state == ReadyState::Connecting);
                assert_eq!(url, self.url);
                self.begin(UnderWay::Probe, attempt);
            }
            Output::Wait { attempt, milliseconds } => {
                let (shortest, longest) = bounds(self.time, self.fruitless);
                assert!(
                    (shortest..=longest).contains(&milliseconds),
                    "{milliseconds} after {} attempts",
                    self.fruitless
                );
                assert_eq!(self.ready_state, ReadyState::Connecting);
                self.fruitless += 1;
                self.begin(UnderWay::Wait, attempt);
            }
            Output::Watch { .. } | Output::Ask { .. } | Output::AwaitDelivery { .. } => {
                panic!("{output:?} by the Standard's policy")
            }
            Output::Abort => {
                assert!(self.allowed.failing, "an abort without failing");
                self.under_way = None;
            }
            Output::Open { url } => {
                assert_eq!(self.ready_state, ReadyState::Connecting);
                assert!(matches!(self.under_way, Some((UnderWay::Body, _))), "open without an accepted response");
                assert_eq!(url, self.url);
                self.ready_state = ReadyState::Open;
                self.was_open = true;
                self.reader.events.clear();
                self.stream.clear();
                self.at_boundary = false;
                self.first_id.clone_from(&self.reader.last_event_id);
            }
            Output::Dispatch(batch) => {
                assert_eq!(self.ready_state, ReadyState::Open);
                self.reader.read(&batch);
                if batch.has_events() {
                    self.fruitless = 0;
                }
            }
            Output::ReconnectionTime(milliseconds) => {
                assert_eq!(self.ready_state, ReadyState::Open);
                self.time = milliseconds;
            }
            Output::Error { failed, .. } => {
                assert!(
                    matches!(self.under_way, None | Some((UnderWay::Replaced, _))),
                    "an error while {:?} is under way",
                    self.under_way
                );
                assert!(self.allowed.failing || !failed, "failed without a reason");
                self.ready_state = if failed { ReadyState::Closed } else { ReadyState::Connecting };
            }
            Output::WarnIdRefused => {
                assert!(!self.warned, "warned twice");
                self.warned = true;
            }
        }
    }

    fn begin_request(&mut self, request: Request) {
        assert_eq!(self.ready_state, ReadyState::Connecting);
        assert_eq!(request.url, self.url);
        assert_eq!(request.cross_origin, self.page.is_cross_origin(&self.url));
        if let Some((UnderWay::Replaced, _)) = self.under_way {
            self.under_way = None;
        }
        let id = &self.reader.last_event_id;
        let expected = (!id.is_empty() && !self.allowed.withholding).then_some(id);
        assert_eq!(request.last_event_id.as_ref(), expected);
        self.begin(UnderWay::Request { with_id: request.last_event_id.is_some() }, request.attempt);
    }

    fn begin(&mut self, under_way: UnderWay, attempt: Attempt) {
        assert!(self.under_way.is_none(), "{under_way:?} while {:?} is under way", self.under_way);
        assert!(!self.attempts.contains(&attempt), "{attempt:?} again");
        self.attempts.push(attempt);
        self.under_way = Some((under_way, attempt));
    }
}

/// Scheme and authority.
fn origin(url: &str) -> Vec<&str> {
    url.split('/').take(3).collect()
}

impl UnderWay {
    fn expects(self, happening: &Happening) -> bool {
        match happening {
            Happening::Response(_) => matches!(self, Self::Request { .. }),
            Happening::Refused(Refusal::Stopped) => matches!(self, Self::Request { .. } | Self::Body),
            Happening::Refused(_) => matches!(self, Self::Request { .. }),
            Happening::Probed { .. } => self == Self::Probe,
            Happening::Chunk(_) | Happening::Text(_) | Happening::Held(_) | Happening::End => self == Self::Body,
            Happening::WaitOver => self == Self::Wait,
        }
    }
}
