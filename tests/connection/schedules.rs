//! Random schedules: whatever happens, in whatever order, the machine keeps its promises (see `model.rs`).

use eventsource_wasm::{Connection, Page, Reconnection, Refusal, Response};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::common::streams::{last_event_id, stream};
use crate::model::{Happening, Model, Next};
use crate::renewing::{MOST, MOST_WITHOUT_ID};
use crate::script::{OTHER, OWN, event_stream, page};

/// How a source begins.
#[derive(Debug, Clone)]
struct Start {
    page: Page,
    decodes: bool,
    url: &'static str,
    last_event_id: String,
    resumed: bool,
    time: u32,
    seed: u32,
}

#[derive(Debug, Clone)]
enum Step {
    /// What is under way gets on. The page closes the source after so many of the outputs.
    GetsOn {
        next: Next,
        close_after: Option<usize>,
    },
    /// A driver reports for something else, or something that cannot be.
    Strays {
        happening: Happening,
        attempt: Index,
    },
    Close,
}

fn start() -> impl Strategy<Value = Start> {
    let page = prop_oneof![6 => Just(page()), 1 => Just(Page::default()), 1 => Just(Page { origin: "null".into(), https: false })];
    let url = prop_oneof![4 => Just(OWN), 6 => Just(OTHER), 1 => Just("data:,x"), 1 => Just("mailto:a@b.test")];
    let time = prop_oneof![Just(3_000), 0..200u32, Just(i32::MAX as u32)];
    (page, any::<bool>(), url, last_event_id(), prop::bool::weighted(0.2), time, any::<u32>()).prop_map(
        |(page, decodes, url, last_event_id, resumed, time, seed)| Start {
            page,
            decodes,
            url,
            last_event_id,
            resumed,
            time,
            seed,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let close_after = option::weighted(0.03, 0..4usize);
    prop_oneof![
        60 => (next(), close_after).prop_map(|(next, close_after)| Step::GetsOn { next, close_after }),
        20 => (happening(), any::<Index>()).prop_map(|(happening, attempt)| Step::Strays { happening, attempt }),
        1 => Just(Step::Close),
    ]
}

fn next() -> impl Strategy<Value = Next> {
    let refusal = prop_oneof![24 => Just(Refusal::Unknown), 1 => Just(Refusal::Policy), 1 => Just(Refusal::Stopped)];
    let response = prop_oneof![response().prop_map(Ok), refusal.prop_map(Err)];
    let body = prop_oneof![
        21 => stream(0..4).prop_map(Happening::Chunk),
        8 => Just(Happening::End),
        1 => Just(Happening::Refused(Refusal::Stopped)),
    ];
    (response, any::<bool>(), body, held()).prop_map(|(response, answered, body, held)| Next {
        response,
        answered,
        body,
        held,
    })
}

fn held() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 0..=MOST, 2 => select(vec![MOST, MOST + 1]), 2 => select(vec![MOST_WITHOUT_ID, MOST_WITHOUT_ID + 1])]
}

fn response() -> impl Strategy<Value = Response> {
    let url = select(vec!["", "", OWN, OTHER, "http://c.test/s"]);
    let good = url.prop_map(|url| Response { url: url.into(), ..event_stream() });
    let bad = select(vec![
        Response { status: 204, ..event_stream() },
        Response { status: 500, ..event_stream() },
        Response { content_type: None, ..event_stream() },
    ]);
    prop_oneof![12 => good, 1 => bad]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        response().prop_map(Happening::Response),
        Just(Happening::Refused(Refusal::Unknown)),
        Just(Happening::Refused(Refusal::Policy)),
        Just(Happening::Refused(Refusal::Stopped)),
        any::<bool>().prop_map(|answered| Happening::Probed { answered }),
        Just(Happening::Chunk(b"retry:1\nid:x\ndata:a\n\n".to_vec())),
        Just(Happening::Text("retry:1\nid:x\ndata:a\n\n".into())),
        held().prop_map(Happening::Held),
        Just(Happening::End),
        Just(Happening::WaitOver),
    ]
}

fn begin(start: &Start) -> Model {
    let Start { page, decodes, url, last_event_id, resumed, time, seed } = start.clone();
    let begin = if resumed { Connection::resume } else { Connection::new };
    let connection = begin(page.clone(), url.into(), last_event_id.clone(), Reconnection::new(time, seed));
    Model::new(connection, page, decodes, url, &last_event_id, resumed, time)
}

proptest! {
    // A failure prints the shortest schedule it can find: that becomes a script, not a file of seeds.
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn promises_are_kept(start in start(), close_at_once in option::weighted(0.03, 0..3usize), steps in vec(step(), 0..50)) {
        let mut model = begin(&start);
        model.take_outputs(close_at_once);
        for step in steps {
            match step {
                Step::GetsOn { next, close_after } => model.get_on(next, close_after),
                Step::Strays { happening, attempt } => model.stray(happening, attempt),
                Step::Close => model.close(),
            }
        }
    }
}
