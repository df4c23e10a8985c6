//! Requests without a response: which are tried again, which are probed, which fail the connection.

use eventsource_wasm::{Connection, Page};

use crate::script::{OTHER, OWN, Script, page, reconnection};

#[test]
fn same_origin_refusal_is_retried_without_a_probe() {
    let mut source = Script::new(OWN);
    for _ in 0..3 {
        source.brings(&["request http://a.test/s"]);
        source.is_refused().brings(&["error", "wait"]);
        source.wait_is_over();
    }
}

#[test]
fn cors_refusal_is_probed_then_fails() {
    let mut source = Script::new(OTHER);
    source.outputs();
    source.is_refused().brings(&["probe http://b.test/s"]);
    source.probe_is_answered(true).brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["abort", "error, failed"]);
}

#[test]
fn unreachable_cross_origin_server_is_retried() {
    let mut source = Script::new(OTHER);
    for _ in 0..3 {
        source.brings(&["request http://b.test/s"]);
        source.is_refused().brings(&["probe http://b.test/s"]);
        source.probe_is_answered(false).brings(&["error", "wait"]);
        source.wait_is_over();
    }
}

#[test]
fn server_that_comes_up_during_the_probe_is_accepted() {
    let mut source = Script::new(OTHER);
    source.outputs();
    source.is_refused().outputs();
    source.probe_is_answered(true).outputs();
    source.responds().brings(&["open http://b.test/s"]);
    // What was suspected then is forgotten.
    source.ends().outputs();
    source.wait_is_over().outputs();
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn no_probe_after_the_first_accepted_response() {
    let mut source = Script::reconnecting(OTHER, "data:a\n\n");
    source.brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn no_probe_where_there_are_no_origins() {
    let mut source = Script::on(Page::default(), OTHER);
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn refused_last_event_id_is_withheld_once_and_warned_of_once() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.responds().brings(&["warn", "open http://b.test/s"]);
    source.ends().outputs();
    // The server may have changed its mind.
    source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.responds().brings(&["open http://b.test/s"]);
}

#[test]
fn withheld_last_event_id_is_still_the_source_s() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.outputs();
    source.is_refused().outputs();
    source.responds().outputs();
    // Nothing to tell: the event's last event ID is 1 as before.
    source.receives("data:b\n\n").brings(&["dispatch (message: b)"]);
}

#[test]
fn refusal_without_the_id_too_is_the_server_s_absence() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.brings(&["request http://b.test/s with id 1"]);
    for _ in 0..3 {
        source.is_refused().brings(&["request http://b.test/s"]);
        source.is_refused().brings(&["error", "wait"]);
        source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
    }
}

#[test]
fn last_event_id_that_the_server_has_taken_is_not_suspected() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.outputs();
    source.responds().outputs();
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
}

#[test]
fn last_event_id_that_another_server_has_taken_is_suspected() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.outputs();
    source.responds().outputs();
    // Without an id the next request gets to a third server, which has yet to see one.
    source.receives("id\n\n").outputs();
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://b.test/s"]);
    source.responds_from("http://c.test/s").brings(&["open http://c.test/s"]);
    source.receives("id:2\n\n").outputs();
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://c.test/s with id 2"]);
    source.is_refused().brings(&["request http://c.test/s"]);
}

#[test]
fn last_event_id_needs_no_permission_on_the_own_origin() {
    let mut source = Script::reconnecting(OWN, "id:1\ndata:a\n\n");
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn refused_id_of_a_first_request_is_withheld_before_cors_is_suspected() {
    let mut source = Script::of(Connection::new(page(), OTHER.into(), "1".into(), reconnection()));
    source.brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["probe http://b.test/s"]);
    source.probe_is_answered(true).brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["abort", "error, failed"]);
}

#[test]
fn policy_refusal_fails() {
    for url in [OWN, OTHER] {
        let mut source = Script::new(url);
        source.outputs();
        source.is_refused_by_policy().brings(&["abort", "error, failed"]);
        let mut source = Script::reconnecting(url, "id:1\ndata:a\n\n");
        source.outputs();
        source.is_refused_by_policy().brings(&["abort", "error, failed"]);
    }
}

#[test]
fn a_stop_fails() {
    for url in [OWN, OTHER] {
        let mut requesting = Script::new(url);
        requesting.outputs();
        requesting.is_stopped().brings(&["abort", "error, failed"]);
        let mut requesting_again = Script::reconnecting(url, "id:1\ndata:a\n\n");
        requesting_again.outputs();
        requesting_again.is_stopped().brings(&["abort", "error, failed"]);
        let mut open = Script::open(url);
        open.receives_text("id:1\ndata:a\n\ndata:b").outputs();
        open.is_stopped().brings(&["abort", "error, failed"]);
        open.receives_text("\n\n").holds(usize::MAX).is_stopped().ends().responds().brings(&[]);
    }
}

#[track_caller]
fn refusal_brings(page: Page, url: &str, expected: &[&str]) {
    let mut source = Script::on(page, url);
    source.brings(&[&format!("request {url}")]);
    source.is_refused().brings(expected);
}

#[test]
fn hopeless_schemes_fail() {
    for url in ["about:blank", "ftp://a.test/", "mailto:a@b.test", "javascript:0", "ws://a.test/", "wss://a.test/"] {
        refusal_brings(page(), url, &["abort", "error, failed"]);
    }
}

#[test]
fn other_schemes_are_retried() {
    for url in ["data:text/event-stream,x", "blob:http://b.test/1", "app://b/x", "x:y"] {
        refusal_brings(page(), url, &["error", "wait"]);
    }
}

#[test]
fn mixed_content_fails() {
    let page = Page { origin: "https://a.test".into(), https: true };
    refusal_brings(page.clone(), "http://a.test/s", &["abort", "error, failed"]);
    refusal_brings(page.clone(), "http://127.0.0.1:8844/s", &["probe http://127.0.0.1:8844/s"]);
    refusal_brings(page, "https://a.test/s", &["error", "wait"]);
}
