//! Scripts: what happens to a source, and what it does then, in words that a test can list.

use eventsource_wasm::{
    Attempt, Connection, DEFAULT_RECONNECTION_TIME, Input, Output, Page, Reconnection, Record, Refusal, Response,
};

/// On the page's own origin, which is `http://a.test`.
pub const OWN: &str = "http://a.test/s";
/// On another origin.
pub const OTHER: &str = "http://b.test/s";

pub struct Script {
    pub connection: Connection,
    /// Those of the requests, probes and waits so far. The last is under way.
    pub attempts: Vec<Attempt>,
    /// The milliseconds of the waits so far.
    pub waits: Vec<u32>,
    /// What the requests so far said of their URLs.
    pub cross_origin: Vec<bool>,
}

pub fn page() -> Page {
    Page { origin: "http://a.test".into(), https: false }
}

pub fn reconnection() -> Reconnection {
    Reconnection::new(DEFAULT_RECONNECTION_TIME, 0)
}

/// A response that is an event stream, and does not tell its URL.
pub fn event_stream() -> Response {
    Response { status: 200, content_type: Some("text/event-stream".into()), ..Response::default() }
}

impl Script {
    /// `new EventSource(url)`, whose first outputs wait to be taken.
    pub fn new(url: &str) -> Self {
        Self::on(page(), url)
    }

    pub fn on(page: Page, url: &str) -> Self {
        Self::of(Connection::new(page, url.into(), String::new(), reconnection()))
    }

    pub fn of(connection: Connection) -> Self {
        Self { connection, attempts: Vec::new(), waits: Vec::new(), cross_origin: Vec::new() }
    }

    /// A source that has announced its connection to `url`, and has nothing to do.
    pub fn open(url: &str) -> Self {
        let mut source = Self::new(url);
        source.outputs();
        source.responds().brings(&[&format!("open {url}")]);
        source
    }

    /// A source that has received this stream until its end, has waited, and has sent the next request.
    pub fn reconnecting(url: &str, stream: &str) -> Self {
        let mut source = Self::open(url);
        source.receives(stream).outputs();
        source.ends().outputs();
        source.wait_is_over();
        source
    }

    pub fn responds(&mut self) -> &mut Self {
        self.responds_with(event_stream())
    }

    pub fn responds_from(&mut self, url: &str) -> &mut Self {
        self.responds_with(Response { url: url.into(), ..event_stream() })
    }

    pub fn responds_with(&mut self, response: Response) -> &mut Self {
        self.handles(Input::Response(response))
    }

    pub fn is_refused(&mut self) -> &mut Self {
        self.handles(Input::Refused(Refusal::Unknown))
    }

    pub fn is_refused_by_policy(&mut self) -> &mut Self {
        self.handles(Input::Refused(Refusal::Policy))
    }

    pub fn is_stopped(&mut self) -> &mut Self {
        self.handles(Input::Refused(Refusal::Stopped))
    }

    pub fn probe_is_answered(&mut self, answered: bool) -> &mut Self {
        self.handles(Input::Probed { answered })
    }

    pub fn receives(&mut self, chunk: &str) -> &mut Self {
        self.handles(Input::Chunk(chunk.as_bytes()))
    }

    pub fn receives_text(&mut self, text: &str) -> &mut Self {
        self.handles(Input::Text(text))
    }

    /// Its transport keeps so many UTF-16 units of text by now.
    pub fn holds(&mut self, units: usize) -> &mut Self {
        self.handles(Input::Held(units))
    }

    pub fn ends(&mut self) -> &mut Self {
        self.handles(Input::End)
    }

    pub fn breaks(&mut self) -> &mut Self {
        self.handles(Input::Broken)
    }

    pub fn watch_is_over(&mut self) -> &mut Self {
        self.handles(Input::WatchOver)
    }

    pub fn has_delivered(&mut self) -> &mut Self {
        self.handles(Input::Delivered)
    }

    pub fn decides(&mut self, retries: Option<bool>) -> &mut Self {
        self.handles(Input::Decided { retries })
    }

    pub fn wait_is_over(&mut self) -> &mut Self {
        self.handles(Input::WaitOver)
    }

    pub fn closes(&mut self) -> &mut Self {
        self.connection.close();
        self
    }

    fn handles(&mut self, input: Input<'_>) -> &mut Self {
        let attempt = *self.attempts.last().expect("something is under way");
        self.connection.handle(attempt, input);
        self
    }

    /// Takes all outputs; these are they.
    #[track_caller]
    pub fn brings(&mut self, expected: &[&str]) {
        assert_eq!(self.outputs(), expected);
    }

    /// Takes all outputs.
    pub fn outputs(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.output()).collect()
    }

    /// Takes one output.
    pub fn output(&mut self) -> Option<String> {
        Some(match self.connection.next_output()? {
            Output::Request(request) => {
                self.attempts.push(request.attempt);
                self.cross_origin.push(request.cross_origin);
                let id = request.last_event_id.map(|id| format!(" with id {id}"));
                format!("request {}{}", request.url, id.unwrap_or_default())
            }
            Output::Probe { attempt, url } => {
                self.attempts.push(attempt);
                format!("probe {url}")
            }
            Output::Wait { attempt, milliseconds } => {
                self.attempts.push(attempt);
                self.waits.push(milliseconds);
                "wait".into()
            }
            Output::Watch { attempt, milliseconds } => {
                assert_eq!(self.attempts.last(), Some(&attempt));
                format!("watch {milliseconds}")
            }
            Output::Ask { attempt, reason, retries } => {
                self.attempts.push(attempt);
                format!("ask about {reason:?}, {}", if retries { "would retry" } else { "would fail" })
            }
            Output::Abort => "abort".into(),
            Output::Open { url } => format!("open {url}"),
            Output::Dispatch(batch) => format!("dispatch{}", batch.records().iter().map(words).collect::<String>()),
            Output::AwaitDelivery { attempt } => {
                assert_eq!(self.attempts.last(), Some(&attempt));
                "await delivery".into()
            }
            Output::ReconnectionTime(milliseconds) => format!("retry {milliseconds}"),
            Output::Error { failed: false, .. } => "error".into(),
            Output::Error { failed: true, .. } => "error, failed".into(),
            Output::WarnIdRefused => "warn".into(),
        })
    }
}

fn words(record: &Record) -> String {
    match record {
        Record::Event { event_type, data, last_event_id: None } => format!(" ({event_type}: {data})"),
        Record::Event { event_type, data, last_event_id: Some(id) } => format!(" ({event_type}: {data}, id {id})"),
        Record::LastEventId(id) => format!(" (id {id})"),
    }
}
