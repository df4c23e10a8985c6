//! `close()` at any moment, and what comes too late or out of turn.

use eventsource_wasm::{Input, Refusal, Response};

use crate::script::{OTHER, OWN, Script, event_stream};

#[track_caller]
fn close_aborts(mut source: Script) {
    source.outputs();
    source.closes().brings(&["abort"]);
    source.closes().brings(&[]);
    source.responds().is_refused().probe_is_answered(true).probe_is_answered(false).brings(&[]);
    source.receives("data:a\n\n").ends().wait_is_over().brings(&[]);
    source.receives_text("data:a\n\n").holds(usize::MAX).is_stopped().brings(&[]);
}

#[test]
fn close_aborts_the_request() {
    close_aborts(Script::new(OWN));
}

#[test]
fn close_aborts_the_probe() {
    let mut source = Script::new(OTHER);
    source.outputs();
    source.is_refused().brings(&["probe http://b.test/s"]);
    close_aborts(source);
}

#[test]
fn close_aborts_the_stream() {
    close_aborts(Script::open(OWN));
}

#[test]
fn close_aborts_the_wait() {
    let mut source = Script::open(OWN);
    source.ends().brings(&["error", "wait"]);
    close_aborts(source);
}

#[test]
fn close_before_the_first_output_requests_nothing() {
    assert!(!Script::new(OWN).closes().outputs().iter().any(|output| output.starts_with("request")));
}

#[test]
fn close_drops_untaken_outputs() {
    let mut source = Script::open(OWN);
    source.receives("retry:5\ndata:a\n\n");
    assert_eq!(source.output().as_deref(), Some("retry 5"));
    source.closes().brings(&["abort"]);
}

#[test]
fn close_in_the_error_handler_waits_for_nothing() {
    let mut source = Script::open(OWN);
    source.ends();
    assert_eq!(source.output().as_deref(), Some("error"));
    source.closes();
    assert!(!source.outputs().contains(&"wait".into()));
}

#[test]
fn close_after_failing_brings_nothing() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_with(Response { status: 404, ..event_stream() }).outputs();
    source.closes().brings(&[]);
}

#[test]
fn close_before_a_failure_is_told_still_aborts() {
    let mut source = Script::new(OWN);
    source.outputs();
    source.responds_with(Response { status: 404, ..event_stream() });
    source.closes().brings(&["abort"]);
}

/// Everything that can happen.
fn inputs() -> Vec<Input<'static>> {
    vec![
        Input::Response(event_stream()),
        Input::Response(Response { status: 404, ..event_stream() }),
        Input::Refused(Refusal::Unknown),
        Input::Refused(Refusal::Policy),
        Input::Refused(Refusal::Stopped),
        Input::Probed { answered: true },
        Input::Probed { answered: false },
        Input::Chunk(b"retry:1\nid:x\ndata:a\n\n"),
        Input::Text("retry:1\nid:x\ndata:a\n\n"),
        Input::Held(usize::MAX),
        Input::End,
        Input::WaitOver,
    ]
}

#[test]
fn late_inputs_of_an_old_attempt_touch_nothing() {
    let mut source = Script::new(OTHER);
    source.brings(&["request http://b.test/s"]);
    source.is_refused().brings(&["probe http://b.test/s"]);
    source.probe_is_answered(false).brings(&["error", "wait"]);
    source.wait_is_over().brings(&["request http://b.test/s"]);
    source.responds().brings(&["open http://b.test/s"]);
    let [old @ .., current] = &source.attempts[..] else { panic!("there are attempts") };
    assert!(!old.contains(current));
    assert_eq!(old.len(), 3);
    for attempt in old {
        for input in inputs() {
            source.connection.handle(*attempt, input);
        }
    }
    source.brings(&[]);
    source.receives("data:a\n\n").brings(&["dispatch (message: a)"]);
    source.ends().brings(&["error", "wait"]);
    assert_eq!(source.waits[1], 3000);
}

#[test]
fn inputs_out_of_turn_touch_nothing() {
    let mut requesting = Script::new(OTHER);
    requesting.outputs();
    requesting.probe_is_answered(true).receives("data:a\n\n").ends().wait_is_over().brings(&[]);
    requesting.receives_text("data:a\n\n").holds(usize::MAX).brings(&[]);

    let mut probing = Script::new(OTHER);
    probing.outputs();
    probing.is_refused().outputs();
    probing.responds().is_refused().receives("data:a\n\n").ends().wait_is_over().brings(&[]);
    probing.receives_text("data:a\n\n").holds(usize::MAX).is_stopped().brings(&[]);

    let mut open = Script::open(OTHER);
    open.responds().is_refused().is_refused_by_policy().probe_is_answered(true).wait_is_over().brings(&[]);

    let mut waiting = Script::open(OTHER);
    waiting.ends().outputs();
    waiting.responds().is_refused().probe_is_answered(true).receives("data:a\n\n").ends().brings(&[]);
    waiting.receives_text("data:a\n\n").holds(usize::MAX).is_stopped().brings(&[]);
}
