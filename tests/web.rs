//! The browser's side of the crate in real browsers, run by wasm-pack: what a [`Handle`] reports, and what it sends.
//! The page's side, and the whole of it by the clauses of the Standard, is the behaviour suite's.

#![cfg(target_arch = "wasm32")]

#[path = "web/scenario.rs"]
mod scenario;

use eventsource_wasm::{Handle, Source, running};
use scenario::{Scenario, answer, ended, stream};
use serde::Deserialize;
use serde_wasm_bindgen::from_value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/recorder.js")]
extern "C" {
    type Recorder;
    #[wasm_bindgen(constructor)]
    fn new(id: u32, fetches: bool) -> Recorder;
    #[wasm_bindgen(method, getter, js_name = pageOrigin)]
    fn page_origin(this: &Recorder) -> String;
    #[wasm_bindgen(method)]
    fn connected(this: &Recorder, handle: Handle);
    #[wasm_bindgen(method)]
    fn close(this: &Recorder);
    #[wasm_bindgen(method)]
    async fn until(this: &Recorder, name: &str, count: usize) -> JsValue;
}

/// A report of the core: the method's name and its arguments as strings.
#[derive(Debug, Deserialize, PartialEq)]
struct Call {
    name: String,
    values: Vec<String>,
}

fn call(name: &str, values: &[&str]) -> Call {
    Call { name: name.into(), values: values.iter().map(|value| value.to_string()).collect() }
}

/// A connection whose reports are recorded.
struct Recording {
    recorder: Recorder,
}

impl Recording {
    fn by_fetch(url: &str, last_event_id: &str) -> Self {
        Self::of(url, last_event_id, true)
    }

    fn by_xhr(url: &str, last_event_id: &str) -> Self {
        Self::of(url, last_event_id, false)
    }

    fn of(url: &str, last_event_id: &str, fetches: bool) -> Self {
        let recorder = Recorder::new(1, fetches);
        let source: Source = JsValue::clone(recorder.as_ref()).unchecked_into();
        recorder.connected(Handle::new(source, url.into(), last_event_id.into(), recorder.page_origin()));
        Self { recorder }
    }

    fn close(self) {
        self.recorder.close();
    }

    /// All reports, once so many of this name are there.
    async fn until(&self, name: &str, count: usize) -> Vec<Call> {
        from_value(self.recorder.until(name, count).await).unwrap()
    }
}

#[wasm_bindgen_test]
async fn a_stream_is_announced_dispatched_and_reestablished_in_this_order() {
    a_stream_is_announced_dispatched_and_reestablished(Recording::by_fetch).await;
}

#[wasm_bindgen_test]
async fn a_stream_by_xhr_is_announced_dispatched_and_reestablished_in_this_order() {
    a_stream_is_announced_dispatched_and_reestablished(Recording::by_xhr).await;
}

async fn a_stream_is_announced_dispatched_and_reestablished(record: fn(&str, &str) -> Recording) {
    let body = "retry: 100\nid: 7\ndata: one\n\nevent: add\ndata: zwei\ndata: \u{1F600}\n\n";
    let scenario = Scenario::register_for_ids(vec![ended(stream(body)), stream("data: again\n\n")]).await;
    let recording = record(&scenario.url, "");
    let calls = recording.until("deliver", 2).await;
    let same = u32::MAX.to_string();
    assert_eq!(
        calls,
        [
            call("opened", &[&scenario.url]),
            call("setReconnectionTime", &["100"]),
            call("deliver", &["one7zwei\n\u{1F600}add", &format!("3,{same},1,7,3,{same}")]),
            call("errored", &["false"]),
            call("opened", &[&scenario.url]),
            call("deliver", &["again", &format!("5,{same},{same}")]),
        ]
    );
    assert_eq!(scenario.requests(2).await[1].headers.get("last-event-id").map(String::as_str), Some("7"));
    recording.close();
    scenario.closed(2).await;
}

#[wasm_bindgen_test]
async fn the_request_is_what_the_constructor_steps_say() {
    let scenario = Scenario::register(vec![stream("data: x\n\n")]).await;
    let recording = Recording::by_fetch(&scenario.url, "");
    recording.until("deliver", 1).await;
    let requests = scenario.requests(1).await;
    assert_eq!(requests[0].method, "GET");
    assert_eq!(requests[0].headers.get("accept").map(String::as_str), Some("text/event-stream"));
    assert_eq!(requests[0].headers.get("cache-control").map(String::as_str), Some("no-cache"));
    assert_eq!(requests[0].headers.get("last-event-id"), None);
    recording.close();
}

#[wasm_bindgen_test]
async fn closing_aborts_the_request() {
    let scenario = Scenario::register(vec![stream("data: x\n\n")]).await;
    let recording = Recording::by_fetch(&scenario.url, "");
    recording.until("deliver", 1).await;
    recording.close();
    scenario.closed(1).await;
}

#[wasm_bindgen_test]
async fn closing_ends_the_wait() {
    let scenario = Scenario::register(vec![ended(stream("retry: 100\ndata: x\n\n"))]).await;
    let first = Recording::by_fetch(&scenario.url, "");
    first.until("errored", 1).await;
    first.close();
    // A second source's wait of the same length begins later, so the first one's would be over before it.
    // (A comment in the body: Firefox tells of a response when its first byte comes.)
    let control = Scenario::register(vec![ended(stream("retry: 100\ndata: x\n\n")), stream(":\n")]).await;
    let second = Recording::by_fetch(&control.url, "");
    second.until("opened", 2).await;
    assert_eq!(scenario.requests(0).await.len(), 1);
    second.close();
}

#[wasm_bindgen_test]
async fn a_response_that_is_no_event_stream_fails_the_connection() {
    for (status, content_type) in [(204, "text/event-stream"), (500, "text/event-stream"), (200, "text/event-streamx")]
    {
        let headers = [("Content-Type", content_type), ("Access-Control-Allow-Origin", "*")];
        let scenario = Scenario::register(vec![ended(answer(status, &headers, ""))]).await;
        let recording = Recording::by_fetch(&scenario.url, "");
        assert_eq!(recording.until("errored", 1).await, [call("errored", &["true"])], "{status} {content_type}");
    }
}

#[wasm_bindgen_test]
async fn a_cors_refusal_is_probed_and_fails_the_connection() {
    let refused = || ended(answer(200, &[("Content-Type", "text/event-stream")], "data: x\n\n"));
    let scenario = Scenario::register(vec![refused(), refused(), refused()]).await;
    let recording = Recording::by_fetch(&scenario.url, "");
    assert_eq!(recording.until("errored", 1).await, [call("errored", &["true"])]);
    assert_eq!(scenario.requests(0).await.len(), 3, "request, probe, request");
}

#[wasm_bindgen_test]
async fn a_refused_last_event_id_is_withheld_from_the_next_request() {
    let scenario = Scenario::register(vec![stream("data: x\n\n")]).await;
    let recording = Recording::by_fetch(&scenario.url, "7");
    let calls = recording.until("deliver", 1).await;
    assert_eq!(calls[0], call("warnIdRefused", &[]));
    assert_eq!(scenario.requests(1).await[0].headers.get("last-event-id"), None);
    recording.close();
}

#[wasm_bindgen_test]
async fn nobody_is_running_between_the_turns() {
    let scenario = Scenario::register(vec![stream("data: x\n\n")]).await;
    let recording = Recording::by_fetch(&scenario.url, "");
    assert_eq!(running(), 0);
    recording.until("deliver", 1).await;
    assert_eq!(running(), 0);
    recording.close();
    assert_eq!(running(), 0);
}
