//! Random schedules with options, against a server that resumes after the id it is given: whatever happens, in whatever
//! order, the policy is kept, and each event comes once and in order.

use std::mem;

use eventsource_wasm::{
    Attempt, Connection, Input, Output, Pacing, Policy, Reason, Reconnection, Refusal, Request, Response,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::common::reader::Reader;
use crate::renewing::MOST;
use crate::script::{OTHER, OWN, event_stream, page};

const EVENTS: usize = 30;
/// So many `Watch`es in a row make the heartbeat's timeout.
const WATCHES: u32 = 4;

/// So many units of text stand for one that a transport keeps: a few events reach the bounds.
const HELD: usize = 1 << 17;

/// The server's stream after an id: each third event is a long one, and each tenth line a comment.
fn stream_after(id: usize) -> Vec<u8> {
    (id + 1..=EVENTS).flat_map(|number| format!("id:{number}\n:beat\ndata:{}\n\n", data(number)).into_bytes()).collect()
}

fn data(number: usize) -> String {
    if number.is_multiple_of(3) { "long ".repeat(number) } else { format!("{number}") }
}

#[derive(Debug, Clone)]
struct Start {
    policy: Policy,
    pacing: Pacing,
    /// The transport decodes, and keeps all text.
    decodes: bool,
    url: &'static str,
    last_event_id: usize,
    time: u32,
    seed: u32,
}

/// What comes next; of it counts what fits to what is under way.
#[derive(Debug, Clone)]
struct Next {
    response: Result<Response, Refusal>,
    body: Body,
    answered: bool,
    decision: Option<bool>,
}

#[derive(Debug, Clone)]
enum Body {
    /// So many bytes more.
    Brings(usize),
    Ends,
    Breaks,
    IsStopped,
}

#[derive(Debug, Clone)]
enum Step {
    GetsOn(Next),
    /// The time of a `Watch` goes by.
    WatchOver,
    /// The page is hidden, or seen.
    Pause,
    Resume,
    Reconnect,
    Close,
    /// What is over tells of something.
    Strays {
        next: Next,
        attempt: Index,
    },
}

fn start() -> impl Strategy<Value = Start> {
    let url = select(vec![OWN, OTHER]);
    let time = select(vec![0, 150, 3_000]);
    (policy(), pacing(), any::<bool>(), url, 0..4usize, time, any::<u32>()).prop_map(
        |(policy, pacing, decodes, url, last_event_id, time, seed)| Start {
            policy,
            pacing,
            decodes,
            url,
            last_event_id,
            time,
            seed,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    let statuses = select(vec![vec![], vec![429, 503]]);
    let heartbeat_timeout = select(vec![0, 1, 1_000]);
    let max_event_size = select(vec![usize::MAX, 60, 20]);
    (
        prop::bool::weighted(0.9),
        statuses,
        prop::bool::weighted(0.3),
        any::<bool>(),
        any::<bool>(),
        heartbeat_timeout,
        max_event_size,
    )
        .prop_map(|(retries, statuses, asks, starts_over, probes, heartbeat_timeout, max_event_size)| Policy {
            retries,
            statuses,
            asks,
            starts_over,
            probes,
            heartbeat_timeout,
            max_event_size,
            max_id_size: usize::MAX,
        })
}

fn pacing() -> impl Strategy<Value = Pacing> {
    let max = select(vec![None, Some(0), Some(4_000)]);
    let attempts = select(vec![u32::MAX, u32::MAX, 0, 1, 5]);
    (select(vec![1.0, 2.0, 3.5]), select(vec![0.0, 0.2, 1.0]), max, attempts)
        .prop_map(|(factor, jitter, max, attempts)| Pacing { factor, jitter, max, attempts })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        60 => next().prop_map(Step::GetsOn),
        6 => Just(Step::WatchOver),
        2 => Just(Step::Pause),
        4 => Just(Step::Resume),
        2 => Just(Step::Reconnect),
        1 => Just(Step::Close),
        8 => (next(), any::<Index>()).prop_map(|(next, attempt)| Step::Strays { next, attempt }),
    ]
}

fn next() -> impl Strategy<Value = Next> {
    let refusal = prop_oneof![20 => Just(Refusal::Unknown), 1 => Just(Refusal::Policy), 1 => Just(Refusal::Stopped)];
    let response = prop_oneof![6 => response().prop_map(Ok), 1 => refusal.prop_map(Err)];
    let body = prop_oneof![
        12 => (1..90usize).prop_map(Body::Brings),
        2 => Just(Body::Ends),
        2 => Just(Body::Breaks),
        1 => Just(Body::IsStopped),
    ];
    let decision = prop_oneof![2 => Just(Some(true)), 1 => Just(None), 1 => Just(Some(false))];
    (response, body, any::<bool>(), decision).prop_map(|(response, body, answered, decision)| Next {
        response,
        body,
        answered,
        decision,
    })
}

fn response() -> impl Strategy<Value = Response> {
    let url = select(vec!["", "", OWN, OTHER, "http://c.test/s"]);
    let good = url.prop_map(|url| Response { url: url.into(), ..event_stream() });
    let bad = (select(vec![204, 404, 429, 503]), option::of(select(vec![0, 90_000])))
        .prop_map(|(status, retry_after)| Response { status, retry_after, ..event_stream() });
    prop_oneof![8 => good, 2 => bad, 1 => Just(Response { content_type: None, ..event_stream() })]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UnderWay {
    Request {
        cross_origin: bool,
        with_id: bool,
    },
    Body,
    Probe,
    Wait,
    /// The caller is asked.
    Question {
        retries: bool,
    },
}

struct Model {
    start: Start,
    connection: Connection,
    under_way: Option<(UnderWay, Attempt)>,
    attempts: Vec<Attempt>,
    watch: Option<Attempt>,
    silences: u32,
    /// The connection under way was silent for too long.
    was_silent: bool,
    is_open: bool,
    is_paused: bool,
    is_closed: bool,
    /// That of the next request.
    url: String,
    reader: Reader,
    /// The rest of the stream under way.
    rest: Vec<u8>,
    /// What came of it.
    sent: Vec<u8>,
    /// The bytes after the last blank line, before the last chunk or after it.
    unfinished: usize,
    /// The stream fails once the events before the one that is too large are dispatched.
    awaited: Option<Attempt>,
    /// The stream has brought an event.
    was_fruitful: bool,
    /// Attempts in a row without an event.
    fruitless: u32,
    /// What the last response has asked for.
    retry_after: u32,
    /// The last loss is one after which there may be another attempt.
    retries: bool,
    /// Nothing was sent without the id that the page has.
    is_resumable: bool,
}

impl Model {
    fn new(start: Start) -> Self {
        let id = if start.last_event_id == 0 { String::new() } else { start.last_event_id.to_string() };
        let reconnection = Reconnection::paced(start.time, start.seed, start.pacing.clone());
        Self {
            connection: Connection::obeying(start.policy.clone(), page(), start.url.into(), id.clone(), reconnection),
            under_way: None,
            attempts: Vec::new(),
            watch: None,
            silences: 0,
            was_silent: false,
            is_open: false,
            is_paused: false,
            is_closed: false,
            url: start.url.into(),
            reader: Reader::new(&id),
            rest: Vec::new(),
            sent: Vec::new(),
            unfinished: 0,
            awaited: None,
            was_fruitful: false,
            fruitless: 0,
            retry_after: 0,
            retries: false,
            is_resumable: true,
            start,
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::GetsOn(next) => self.gets_on(next),
            Step::WatchOver => self.watch_is_over(),
            Step::Pause => {
                self.connection.pause();
                self.is_paused = !self.is_closed;
                self.give_up();
            }
            Step::Resume => {
                self.connection.resume_paused();
                self.is_paused = false;
            }
            Step::Reconnect => {
                self.connection.reconnect();
                if !self.is_paused {
                    self.give_up();
                }
            }
            Step::Close => {
                self.connection.close();
                self.is_closed = true;
                let outputs: Vec<Output> = std::iter::from_fn(|| self.connection.next_output()).collect();
                assert!(matches!(outputs[..], [] | [Output::Abort]), "closed, and yet {outputs:?}");
                self.give_up();
            }
            Step::Strays { next, attempt } => self.strays(next, attempt),
        }
        self.take_outputs();
    }

    /// Nothing is under way any more.
    fn give_up(&mut self) {
        self.under_way = None;
        self.watch = None;
        self.awaited = None;
    }

    fn gets_on(&mut self, next: Next) {
        let Some((under_way, attempt)) = self.under_way else { return };
        if let Some(attempt) = self.awaited.take() {
            self.connection.handle(attempt, Input::Delivered);
            return assert!(self.connection.has_given_up(attempt), "an event too large is borne");
        }
        match (under_way, next) {
            (UnderWay::Request { .. }, Next { response: Ok(response), .. }) => self.responds(attempt, response),
            (UnderWay::Request { cross_origin, with_id }, Next { response: Err(refusal), .. }) => {
                self.give_up();
                self.retries = refusal == Refusal::Unknown && self.start.policy.retries;
                let withheld = cross_origin && with_id && self.start.policy.probes;
                self.connection.handle(attempt, Input::Refused(refusal));
                // The next request may go without the id.
                self.is_resumable &= !withheld;
            }
            (UnderWay::Body, Next { body, .. }) => self.body_gets_on(attempt, &body),
            (UnderWay::Probe, Next { answered, .. }) => {
                self.give_up();
                self.connection.handle(attempt, Input::Probed { answered });
            }
            (UnderWay::Wait, _) => {
                self.give_up();
                self.connection.handle(attempt, Input::WaitOver);
            }
            (UnderWay::Question { retries }, Next { decision, .. }) => {
                self.give_up();
                self.retries = decision.unwrap_or(retries);
                self.connection.handle(attempt, Input::Decided { retries: decision });
            }
        }
    }

    fn responds(&mut self, attempt: Attempt, response: Response) {
        if response.is_event_stream() {
            self.under_way = Some((UnderWay::Body, attempt));
            if !response.url.is_empty() && !self.start.policy.starts_over {
                self.url.clone_from(&response.url);
            }
            self.silences = 0;
        } else {
            let Policy { retries, statuses, .. } = &self.start.policy;
            self.retries = *retries && statuses.contains(&response.status);
            self.retry_after = response.retry_after.unwrap_or(0);
        }
        self.connection.handle(attempt, Input::Response(response));
    }

    fn body_gets_on(&mut self, attempt: Attempt, body: &Body) {
        self.retries = self.start.policy.retries;
        match *body {
            Body::Brings(_) if self.start.decodes && self.is_renewed(attempt) => {}
            Body::Brings(length) => {
                let chunk: Vec<u8> = self.rest.drain(..length.min(self.rest.len())).collect();
                self.silences = 0;
                let before = self.unfinished_now();
                self.sent.extend_from_slice(&chunk);
                self.unfinished = before.max(self.unfinished_now());
                let text = str::from_utf8(&chunk).expect("the server sends ASCII");
                let input = if self.start.decodes { Input::Text(text) } else { Input::Chunk(&chunk) };
                self.connection.handle(attempt, input);
                self.take_outputs();
                let line = self.sent.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
                let is_too_large = line.len() > self.start.policy.max_event_size;
                assert!(!is_too_large || self.is_closed || self.awaited.is_some(), "an event too large is borne");
            }
            Body::Ends => {
                self.give_up();
                self.connection.handle(attempt, Input::End);
            }
            Body::Breaks => {
                self.give_up();
                self.connection.handle(attempt, Input::Broken);
            }
            Body::IsStopped => {
                self.retries = false;
                self.connection.handle(attempt, Input::Refused(Refusal::Stopped));
            }
        }
    }

    /// So much is held that the connection is given up, for a new one or for the caller to decide on.
    fn is_renewed(&mut self, attempt: Attempt) -> bool {
        let held = self.sent.len() * HELD;
        self.connection.handle(attempt, Input::Held(held));
        let is_renewed = self.connection.has_given_up(attempt);
        assert!(!is_renewed || (self.retries && held > MOST));
        if is_renewed && !self.start.policy.asks {
            self.give_up();
            self.fruitless = if mem::take(&mut self.was_fruitful) { 0 } else { self.fruitless + 1 };
        }
        is_renewed
    }

    fn unfinished_now(&self) -> usize {
        let end = self.sent.windows(2).rposition(|pair| pair == b"\n\n").map_or(0, |start| start + 2);
        self.sent.len() - end
    }

    fn watch_is_over(&mut self) {
        let Some(attempt) = self.watch.take() else { return };
        self.silences += 1;
        self.retries = self.start.policy.retries;
        self.connection.handle(attempt, Input::WatchOver);
        if self.silences > WATCHES {
            self.was_silent = true;
            self.give_up();
        }
    }

    /// What comes of an attempt that is over brings nothing.
    fn strays(&mut self, next: Next, attempt: Index) {
        let attempt = *attempt.get(&self.attempts);
        if self.under_way.is_some_and(|(_, current)| current == attempt) {
            return;
        }
        let Next { response, answered, decision, .. } = next;
        let inputs = [
            response.map_or_else(Input::Refused, Input::Response),
            Input::Probed { answered },
            Input::Decided { retries: decision },
            Input::Chunk(b"data:stray\n\n"),
            Input::Text("data:stray\n\n"),
            Input::Held(usize::MAX),
            Input::End,
            Input::Broken,
            Input::WaitOver,
            Input::WatchOver,
            Input::Delivered,
        ];
        for input in inputs {
            self.connection.handle(attempt, input);
            assert!(self.connection.next_output().is_none(), "it was too late");
        }
    }

    fn take_outputs(&mut self) {
        while let Some(output) = self.connection.next_output() {
            self.obey(output);
        }
        assert_eq!(self.under_way.is_none(), self.is_closed || self.is_paused, "one thing is under way, and only one");
        let is_watched =
            matches!(self.under_way, Some((UnderWay::Request { .. } | UnderWay::Body | UnderWay::Probe, _)));
        assert_eq!(self.watch.is_some(), is_watched && self.start.policy.heartbeat_timeout > 0, "{:?}", self.under_way);
        for attempt in &self.attempts {
            let is_over = self.is_closed || !self.under_way.is_some_and(|(_, current)| current == *attempt);
            if !self.is_paused {
                assert_eq!(self.connection.has_given_up(*attempt), is_over);
            }
        }
        if self.is_resumable {
            let expected: Vec<String> = (self.start.last_event_id + 1..=EVENTS).map(data).collect();
            let came: Vec<&String> = self.reader.events.iter().map(|event| &event.data).collect();
            assert!(
                came.len() <= expected.len() && came.iter().zip(&expected).all(|(came, expected)| *came == expected),
                "{came:?}"
            );
        }
    }

    fn obey(&mut self, output: Output) {
        assert!(!self.is_closed, "{output:?} after the end");
        match output {
            Output::Request(request) => self.begins_request(request),
            Output::Probe { attempt, url } => {
                assert!(self.start.policy.probes && !self.is_open);
                assert_eq!(url, self.url);
                self.begin(UnderWay::Probe, attempt);
            }
            Output::Wait { attempt, milliseconds } => {
                self.waits(milliseconds);
                self.begin(UnderWay::Wait, attempt);
            }
            Output::Watch { attempt, milliseconds } => {
                assert_eq!(milliseconds, self.start.policy.heartbeat_timeout.div_ceil(WATCHES));
                assert_eq!(self.under_way.map(|(_, current)| current), Some(attempt));
                assert_eq!(self.watch, None, "watched twice");
                self.watch = Some(attempt);
            }
            Output::Ask { attempt, reason, retries } => {
                assert!(self.start.policy.asks);
                let are_used_up = !self.was_fruitful && self.fruitless >= self.start.pacing.attempts;
                assert_eq!(retries, self.retries && !are_used_up, "{reason:?}");
                self.begin(UnderWay::Question { retries }, attempt);
            }
            Output::Abort => self.give_up(),
            Output::Open { .. } => {
                assert!(!self.is_open && matches!(self.under_way, Some((UnderWay::Body, _))));
                self.is_open = true;
                self.sent.clear();
            }
            Output::Dispatch(batch) => {
                assert!(self.is_open && !self.is_paused);
                self.reader.read(&batch);
                if batch.has_events() {
                    self.was_fruitful = true;
                    self.fruitless = 0;
                }
            }
            Output::AwaitDelivery { attempt } => {
                assert_eq!(self.under_way, Some((UnderWay::Body, attempt)));
                self.awaited = Some(attempt);
            }
            Output::ReconnectionTime(_) => panic!("the server sends none"),
            Output::Error { failed, loss } => {
                assert!(self.under_way.is_none(), "an error while {:?} is under way", self.under_way);
                self.is_open = false;
                self.is_closed = failed;
                self.check_loss(failed, loss.reason);
            }
            Output::WarnIdRefused => assert!(!self.is_resumable, "no request went without the id"),
        }
    }

    fn begins_request(&mut self, request: Request) {
        let Request { attempt, url, cross_origin, last_event_id } = request;
        assert!(!self.is_open && !self.is_paused);
        assert_eq!(url, if self.start.policy.starts_over { self.start.url } else { &self.url });
        assert_eq!(cross_origin, page().is_cross_origin(&url));
        let known = Some(&self.reader.last_event_id).filter(|id| !id.is_empty());
        assert!(
            last_event_id.as_ref() == known || (last_event_id.is_none() && !self.is_resumable),
            "{last_event_id:?}"
        );
        let id = last_event_id.as_ref().map_or(0, |id| id.parse().expect("an id of the server's"));
        self.rest = stream_after(id);
        self.was_fruitful = false;
        self.retry_after = 0;
        self.was_silent = false;
        self.begin(UnderWay::Request { cross_origin, with_id: last_event_id.is_some() }, attempt);
    }

    fn begin(&mut self, under_way: UnderWay, attempt: Attempt) {
        assert!(self.under_way.is_none(), "{under_way:?} while {:?} is under way", self.under_way);
        assert!(!self.attempts.contains(&attempt), "{attempt:?} again");
        self.attempts.push(attempt);
        self.under_way = Some((under_way, attempt));
        self.silences = 0;
    }

    /// The wait is of the policy's length, and the policy allows one.
    fn waits(&mut self, milliseconds: u32) {
        assert!(self.retries, "another attempt against the policy");
        let Pacing { factor, jitter, max, attempts } = &self.start.pacing;
        self.fruitless = if mem::take(&mut self.was_fruitful) { 0 } else { self.fruitless + 1 };
        assert!(self.fruitless <= *attempts, "{} attempts without an event", self.fruitless);
        let time = f64::from(self.start.time.max(100));
        let backed_off = time * factor.powi(self.fruitless as i32);
        let most = if self.fruitless == 0 { time } else { backed_off * (1.0 + jitter) };
        let bound = |wait: f64| wait.min(max.map_or(time + 60_000.0, |max| f64::from(max.max(100)))) as u32;
        let asked = mem::take(&mut self.retry_after);
        let allowed = bound(backed_off).max(asked)..=bound(most).max(asked);
        assert!(allowed.contains(&milliseconds), "{milliseconds} is not in {allowed:?}");
    }

    fn check_loss(&self, failed: bool, reason: Reason) {
        let Policy { max_event_size, heartbeat_timeout, .. } = self.start.policy;
        match reason {
            Reason::Timeout => assert!(heartbeat_timeout > 0 && self.was_silent),
            Reason::TooLarge => {
                let unfinished = self.unfinished;
                assert!(failed && unfinished > max_event_size, "{unfinished} bytes");
            }
            _ => {}
        }
    }
}

proptest! {
    // A failure prints the shortest schedule it can find: that becomes a script, not a file of seeds.
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn policies_are_kept(start in start(), steps in vec(step(), 0..80)) {
        let mut model = Model::new(start);
        model.take_outputs();
        for step in steps {
            model.take(step);
        }
    }
}
