//! Renewing: a transport that keeps all text gets a new request when it holds too much.

use eventsource_wasm::{Connection, Input, Page};

use crate::script::{OTHER, OWN, Script, event_stream, reconnection};
use crate::waits::bounds;

/// In UTF-16 units.
pub const MOST: usize = 16 * 1024 * 1024;
pub const MOST_WITHOUT_ID: usize = 128 * 1024 * 1024;

/// A source that has read this, and has dispatched what there was.
fn having_read(text: &str) -> Script {
    let mut source = Script::open(OWN);
    source.receives_text(text).outputs();
    source
}

#[test]
fn past_the_bound_a_new_request_goes_out_at_once() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(0).holds(MOST).brings(&[]);
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
    assert!(source.waits.is_empty());
    source.responds().brings(&["open http://a.test/s"]);
    // Its last event ID is still 1.
    source.receives_text("data:b\n\n").brings(&["dispatch (message: b)"]);
    source.ends().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s with id 1"]);
}

#[test]
fn without_an_id_the_bound_is_higher() {
    for stream in ["data:a\n\n", ":comment\n\n", "id:1\ndata:a\n\nid\n\n", "data:a\n\nid:1\n"] {
        let mut source = having_read(stream);
        source.holds(MOST + 1).holds(MOST_WITHOUT_ID).brings(&[]);
        source.holds(MOST_WITHOUT_ID + 1).brings(&["error", "request http://a.test/s"]);
    }
}

#[test]
fn an_id_from_before_the_stream_counts() {
    let mut source = Script::reconnecting(OWN, "id:1\ndata:a\n\n");
    source.outputs();
    source.responds().outputs();
    source.receives_text("data:b\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
}

#[test]
fn nothing_of_the_old_request_comes_through() {
    let mut source = having_read("id:1\ndata:a\n\nid:2\ndata:b");
    let old = source.attempts[0];
    let late = |source: &mut Script| {
        source.connection.handle(old, Input::Text("\n\nretry:1\nid:3\ndata:c\n\n"));
        source.connection.handle(old, Input::Held(usize::MAX));
        source.connection.handle(old, Input::End);
        source.brings(&[]);
    };
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
    assert!(source.connection.has_given_up(old));
    late(&mut source);
    source.responds().brings(&["open http://a.test/s"]);
    late(&mut source);
    source.receives_text("id:2\ndata:b\n\n").brings(&["dispatch (message: b, id 2)"]);
}

#[test]
fn an_unfinished_event_comes_again() {
    let mut source = having_read("id:1\ndata:a\n\nid:2\nevent:x\ndata:b\nda");
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
    source.responds().outputs();
    source.receives_text("data:c\n\n").brings(&["dispatch (message: c)"]);
    source.receives_text("id:2\nevent:x\ndata:b\ndata:c\n\n").brings(&["dispatch (x: b\nc, id 2)"]);
}

/// Given up in its midst it would come again and again, and never arrive.
#[test]
fn an_event_longer_than_the_bound_arrives() {
    for start in ["id:1\ndata:a\n\n", "data:a\n\n"] {
        let mut source = having_read(start);
        for part in ["id:2\nda", "ta:b\n", "data:c", "\n"] {
            source.receives_text(part).holds(MOST_WITHOUT_ID + 1).brings(&[]);
        }
        source.receives_text("\nda").brings(&["dispatch (message: b\nc, id 2)"]);
        source.holds(MOST_WITHOUT_ID + 1).brings(&["error", "request http://a.test/s with id 2"]);
    }
}

#[test]
fn each_blank_line_is_a_boundary() {
    for blank_line in ["\n", "\r", "\r\n", ":comment\n\n", "data:a\n\nda"] {
        let mut source = having_read("id:1\n\n");
        source.receives_text("retry:x\r\n").holds(MOST + 1).brings(&[]);
        source.receives_text(blank_line).outputs();
        source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
    }
}

#[test]
fn half_a_line_end_is_no_boundary() {
    let mut source = having_read("id:1\n\n");
    for part in ["data:a\r", "\n", ":\r", "", "\n"] {
        source.receives_text(part).holds(MOST + 1).brings(&[]);
    }
    source.receives_text("\r").brings(&["dispatch (message: a)"]);
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
}

#[test]
fn a_renewed_stream_has_to_reach_a_boundary_too() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(MOST + 1).outputs();
    source.responds().outputs();
    source.holds(MOST + 1).brings(&[]);
    source.receives_text("data:b\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id 1"]);
}

#[test]
fn the_reconnection_time_stays() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.receives_text("data:b\n\nretry:5000\ndata:c").brings(&["retry 5000", "dispatch (message: b)"]);
    source.holds(MOST + 1).outputs();
    source.responds().outputs();
    source.receives_text("data:c\n\n").outputs();
    source.ends().brings(&["error", "wait"]);
    assert_eq!(source.waits, [5000]);
}

#[test]
fn an_event_before_a_renewal_ends_the_doubling() {
    let mut source = Script::new(OWN);
    for _ in 0..5 {
        source.outputs();
        source.is_refused().outputs();
        source.wait_is_over();
    }
    source.outputs();
    source.responds().outputs();
    source.receives_text("id:1\ndata:a\n\n").receives_text(":comment\n\n").outputs();
    source.holds(MOST + 1).outputs();
    source.is_refused().brings(&["error", "wait"]);
    let (shortest, longest) = bounds(3_000, 1);
    assert!((shortest..=longest).contains(&source.waits[5]), "{:?}", source.waits);
}

#[test]
fn a_renewed_stream_without_events_was_an_attempt_without_one() {
    let mut source = having_read("id:1\n\n");
    source.holds(MOST + 1).outputs();
    source.is_refused().brings(&["error", "wait"]);
    let (shortest, longest) = bounds(3_000, 2);
    assert!((shortest..=longest).contains(&source.waits[0]), "{:?}", source.waits);
}

/// The old request ends when the new one takes its place, so until then a close has something to abort.
#[test]
fn close_while_renewing_aborts() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(MOST + 1);
    source.closes().brings(&["abort"]);

    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(MOST + 1);
    assert_eq!(source.output().as_deref(), Some("error"));
    source.closes().brings(&["abort"]);
    source.responds().receives_text("data:b\n\n").brings(&[]);
}

#[test]
fn the_new_request_goes_to_the_final_url() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_from("http://b.test/final").outputs();
    source.receives_text("id:1\ndata:a\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://b.test/final with id 1"]);
    assert_eq!(source.cross_origin, [false, true]);
}

#[test]
fn a_refused_new_request_is_as_any_later_one() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(MOST + 1).outputs();
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s with id 1"]);

    // The server of another origin has not seen an id yet, and was reached before: no probe.
    let mut source = Script::open(OTHER);
    source.receives_text("id:1\ndata:a\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.responds().brings(&["warn", "open http://b.test/s"]);
    source.receives_text("data:b\n\n").outputs();
    source.holds(MOST_WITHOUT_ID + 1).brings(&["error", "request http://b.test/s with id 1"]);
    source.is_refused().brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["error", "wait"]);
}

/// A server whose CORS refuses the id can't go on from it, whatever id it gives.
#[test]
fn where_the_id_is_refused_the_bound_is_higher() {
    let mut source = Script::reconnecting(OTHER, "id:1\ndata:a\n\n");
    source.outputs();
    source.is_refused().outputs();
    source.responds().brings(&["warn", "open http://b.test/s"]);
    source.receives_text("id:2\ndata:b\n\n").outputs();
    source.holds(MOST + 1).holds(MOST_WITHOUT_ID).brings(&[]);
    source.holds(MOST_WITHOUT_ID + 1).brings(&["error", "request http://b.test/s with id 2"]);
    // By now it takes the id.
    source.responds().brings(&["open http://b.test/s"]);
    source.receives_text("data:c\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://b.test/s with id 2"]);
}

/// Or a server that ends each time would be asked again and again without a pause.
#[test]
fn a_body_that_has_ended_is_not_renewed() {
    let mut source = having_read("id:1\ndata:a\n\n");
    source.holds(MOST).brings(&[]);
    source.receives_text("data:b\n\n").outputs();
    source.ends().holds(MOST + 1).brings(&["error", "wait"]);
}

#[test]
fn the_id_of_a_resumed_source_is_sent_on() {
    let mut source = Script::of(Connection::resume(Page::default(), OWN.into(), "é".into(), reconnection()));
    source.outputs();
    source.wait_is_over().outputs();
    source.responds_with(event_stream()).outputs();
    source.receives_text(":\n\n").outputs();
    source.holds(MOST + 1).brings(&["error", "request http://a.test/s with id é"]);
}
