//! "Reestablish the connection": when, where to, and with which last event ID.

use eventsource_wasm::Connection;

use crate::script::{OTHER, OWN, Script, event_stream, page, reconnection};

#[test]
fn end_of_stream_reestablishes_with_the_last_event_id() {
    let mut source = Script::open(OWN);
    source.receives("id:1\ndata:a\n\n").brings(&["dispatch (message: a, id 1)"]);
    source.ends().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s with id 1"]);
    source.responds().brings(&["open http://a.test/s"]);
}

#[test]
fn network_error_reestablishes() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s"]);
}

#[test]
fn end_of_an_empty_stream_reestablishes() {
    let mut source = Script::open(OWN);
    source.ends().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s"]);
}

#[test]
fn id_of_a_block_without_data_is_sent_on_reconnection() {
    Script::reconnecting(OWN, "id:1\n\n").brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn id_of_an_unfinished_event_is_not_sent() {
    Script::reconnecting(OWN, "id:1\n\nid:2\ndata:a\n").brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn id_that_is_reset_is_not_sent() {
    Script::reconnecting(OWN, "id:1\ndata:a\n\nid\n\n").brings(&["request http://a.test/s"]);
}

#[test]
fn id_with_null_leaves_the_one_before() {
    Script::reconnecting(OWN, "id:1\n\nid:2\0\n\n").brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn id_outlasts_attempts_without_a_response() {
    let mut source = Script::reconnecting(OWN, "id:1\n\n");
    for _ in 0..3 {
        source.brings(&["request http://a.test/s with id 1"]);
        source.is_refused().brings(&["error", "wait"]);
        source.wait_is_over();
    }
}

#[test]
fn id_outlasts_streams_without_one() {
    let mut source = Script::reconnecting(OWN, "id:1\n\n");
    source.outputs();
    source.responds().outputs();
    // Its last event ID is still 1, so the batch has nothing to tell of it.
    source.receives("data:a\n\n").brings(&["dispatch (message: a)"]);
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn unfinished_event_is_dropped_with_its_stream() {
    let mut source = Script::reconnecting(OWN, "id:1\nevent:x\ndata:a\nda");
    source.brings(&["request http://a.test/s"]);
    source.responds().outputs();
    source.receives("ta:b\n\ndata:c\n\n").brings(&["dispatch (message: c)"]);
}

#[test]
fn each_stream_begins_anew() {
    let mut source = Script::reconnecting(OWN, "data:a\r");
    source.outputs();
    source.responds().outputs();
    // Its byte order mark is dropped, and its first LF belongs to no CR.
    source.receives("\u{FEFF}data:b\n\n").brings(&["dispatch (message: b)"]);
    source.ends().outputs();
    source.wait_is_over().outputs();
    source.responds().outputs();
    source.receives("\ndata:c\n\n").brings(&["dispatch (message: c)"]);
}

#[test]
fn reconnection_goes_to_the_final_url() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_from("http://a.test/final").outputs();
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://a.test/final"]);
    source.is_refused().outputs();
    source.wait_is_over().brings(&["request http://a.test/final"]);
    source.responds_from("http://a.test/later").brings(&["open http://a.test/later"]);
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://a.test/later"]);
}

#[test]
fn reconnection_time_outlasts_its_stream() {
    let mut source = Script::reconnecting(OWN, "retry:5000\ndata:a\n\n");
    source.outputs();
    source.responds().outputs();
    source.receives("data:b\n\n").outputs();
    source.ends().outputs();
    assert_eq!(source.waits, [5000, 5000]);
}

fn resume(last_event_id: &str) -> Script {
    Script::of(Connection::resume(page(), OTHER.into(), last_event_id.into(), reconnection()))
}

#[test]
fn resume_goes_on_as_after_the_end_of_a_stream() {
    let mut source = resume("1");
    source.brings(&["error", "wait"]);
    assert_eq!(source.waits, [3000]);
    source.wait_is_over().brings(&["request http://b.test/s with id 1"]);
    source.responds_with(event_stream()).brings(&["open http://b.test/s"]);
    source.receives("data:a\n\n").brings(&["dispatch (message: a)"]);
}

#[test]
fn resume_suspects_no_cors() {
    let mut source = resume("");
    source.outputs();
    source.wait_is_over().brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn a_new_source_can_begin_with_an_id() {
    let mut source = Script::of(Connection::new(page(), OWN.into(), "1".into(), reconnection()));
    source.brings(&["request http://a.test/s with id 1"]);
    source.responds().outputs();
    source.receives("data:a\n\nid:1\n\n").brings(&["dispatch (message: a)"]);
}
