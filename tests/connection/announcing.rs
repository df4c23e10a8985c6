//! From the first request to the events: "announce the connection", "fail the connection", and the stream.

use eventsource_wasm::Response;

use crate::script::{OTHER, OWN, Script, event_stream};

#[test]
fn a_new_source_requests_its_url() {
    Script::new(OWN).brings(&["request http://a.test/s"]);
    Script::new(OTHER).brings(&["request http://b.test/s"]);
}

#[test]
fn announce_the_connection() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds().brings(&["open http://a.test/s"]);
}

#[test]
fn announce_with_the_url_after_redirects() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_from("http://b.test/final").brings(&["open http://b.test/final"]);
}

#[track_caller]
fn fails(response: Response) {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_with(response).brings(&["abort", "error, failed"]);
}

#[test]
fn response_204_fails_the_connection() {
    fails(Response { status: 204, content_type: None, ..event_stream() });
}

#[test]
fn response_other_than_200_fails_the_connection() {
    for status in [201, 205, 206, 304, 400, 404, 410, 500, 503] {
        fails(Response { status, ..event_stream() });
    }
}

#[test]
fn response_of_another_type_fails_the_connection() {
    for content_type in ["text/html", "text/event-streamx", "text/plain", ""] {
        fails(Response { content_type: Some(content_type.into()), ..event_stream() });
    }
}

#[test]
fn response_without_a_type_fails_the_connection() {
    fails(Response { content_type: None, ..event_stream() });
}

#[test]
fn failing_response_ends_a_reconnection_too() {
    let mut source = Script::reconnecting(OWN, "data:a\n\n");
    source.brings(&["request http://a.test/s"]);
    source.responds_with(Response { status: 204, ..event_stream() }).brings(&["abort", "error, failed"]);
}

#[test]
fn nothing_comes_after_failing() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_with(Response { status: 404, ..event_stream() }).outputs();
    source.responds().receives("data:a\n\n").ends().is_refused().wait_is_over().brings(&[]);
}

#[test]
fn chunks_dispatch_their_events() {
    let mut source = Script::open(OWN);
    source.receives("data:a\n\nevent:x\nid:1\ndata:b\n\nda").brings(&["dispatch (message: a) (x: b, id 1)"]);
    source.receives("ta:c\n\nid:2\n\n").brings(&["dispatch (message: c) (id 2)"]);
}

#[test]
fn a_chunk_that_completes_nothing_brings_nothing() {
    let mut source = Script::open(OWN);
    source.receives("").receives(":comment\n\n").receives("data:a\n").receives("event:x\n").brings(&[]);
}

#[test]
fn text_dispatches_its_events() {
    let mut source = Script::open(OWN);
    source.receives_text("data:a\n\nevent:x\nid:1\ndata:☃\n\nda").brings(&["dispatch (message: a) (x: ☃, id 1)"]);
    source.receives_text("").receives_text("ta:😀\n").brings(&[]);
    source.receives_text("\nretry:7\nid:2\n\n").brings(&["retry 7", "dispatch (message: 😀) (id 2)"]);
}

#[test]
fn byte_order_mark_of_text_was_the_second_one() {
    let mut source = Script::reconnecting(OWN, "data:a\n\n");
    source.outputs();
    source.responds().outputs();
    source.receives_text("\u{FEFF}data:b\n\ndata:c\n\n").brings(&["dispatch (message: c)"]);
    let mut source = Script::open(OWN);
    source.receives_text("").receives_text("\u{FEFF}\n").receives_text("data:a\n\n").brings(&["dispatch (message: a)"]);
}

#[test]
fn retry_sets_the_reconnection_time() {
    let mut source = Script::open(OWN);
    source.receives("retry:5000\n").brings(&["retry 5000"]);
    source.receives("retry:0\nretry:x\n").brings(&["retry 0"]);
    source.receives("retry:99999999999999999999999\n").brings(&["retry 2147483647"]);
    source.receives("retry:7\ndata:a\n\n").brings(&["retry 7", "dispatch (message: a)"]);
}
