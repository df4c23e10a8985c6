//! What a caller's options make of the machine: its policy, its questions, and what it says of a loss.

use eventsource_wasm::{Connection, Input, Output, Pacing, Policy, Reason, Reconnection, Response};

use crate::common::reader::Reader;
use crate::script::{OTHER, OWN, Script, event_stream, page, reconnection};

fn obeying(policy: Policy, url: &str) -> Script {
    Script::of(Connection::obeying(policy, page(), url.into(), String::new(), reconnection()))
}

fn open(policy: Policy, url: &str) -> Script {
    let mut source = obeying(policy, url);
    source.outputs();
    source.responds().outputs();
    source
}

fn status(status: u16) -> Response {
    Response { status, ..event_stream() }
}

/// The reason and the wait of the next error.
fn loss(source: &mut Script) -> (Reason, Option<u32>) {
    loop {
        match source.connection.next_output().expect("there is an error") {
            Output::Error { loss, .. } => return (loss.reason, loss.retry_in),
            Output::Wait { attempt, .. } | Output::Probe { attempt, .. } => source.attempts.push(attempt),
            _ => {}
        }
    }
}

#[test]
fn statuses_to_retry_are_tried_again() {
    let mut source = obeying(Policy { statuses: vec![503], ..Policy::STANDARD }, OWN);
    source.outputs();
    source.responds_with(status(503)).brings(&["abort", "error", "wait"]);
    source.wait_is_over().brings(&["request http://a.test/s"]);
    source.responds_with(status(500)).brings(&["abort", "error, failed"]);
}

#[test]
fn retry_after_is_the_shortest_wait() {
    for (asked, wait) in [(Some(90_000), 90_000), (Some(1), 6_000), (None, 6_000)] {
        let mut source = obeying(Policy { statuses: vec![429], ..Policy::STANDARD }, OWN);
        source.outputs();
        source.responds_with(Response { retry_after: asked, ..status(429) }).outputs();
        assert!((wait..=wait * 6 / 5).contains(&source.waits[0]), "{} after {asked:?}", source.waits[0]);
    }
}

#[test]
fn no_retries_fail_at_the_end_of_the_stream() {
    let mut source = open(Policy { retries: false, ..Policy::STANDARD }, OWN);
    source.receives("data:a\n\n").brings(&["dispatch (message: a)"]);
    source.ends();
    assert_eq!(loss(&mut source), (Reason::StreamEnded, None));
    source.brings(&[]);
}

#[test]
fn without_retries_a_stream_is_not_renewed_however_much_is_held() {
    let mut source = open(Policy { retries: false, ..Policy::STANDARD }, OWN);
    source.receives_text("id:1\ndata:a\n\n").outputs();
    source.holds(usize::MAX).brings(&[]);
}

#[test]
fn the_caller_decides_on_a_renewal() {
    for (decision, expected) in [(Some(true), vec!["error", "wait"]), (Some(false), vec!["abort", "error, failed"])] {
        let mut source = open(Policy { asks: true, ..Policy::STANDARD }, OWN);
        source.receives_text("id:1\ndata:a\n\n").outputs();
        source.holds(usize::MAX).brings(&["abort", "ask about Aborted, would retry"]);
        source.decides(decision).brings(&expected);
    }
}

#[test]
fn no_retries_fail_at_a_network_error_and_at_each_status() {
    let policy = Policy { retries: false, statuses: vec![503], ..Policy::STANDARD };
    let mut source = obeying(policy.clone(), OWN);
    source.outputs();
    source.is_refused().brings(&["abort", "error, failed"]);
    let mut source = obeying(policy, OWN);
    source.outputs();
    source.responds_with(status(503)).brings(&["abort", "error, failed"]);
}

#[test]
fn attempts_are_counted_until_an_event() {
    let pacing = Pacing { attempts: 2, ..Pacing::STANDARD };
    let reconnection = Reconnection::paced(1_000, 0, pacing);
    let connection = Connection::obeying(Policy::STANDARD, page(), OWN.into(), String::new(), reconnection);
    let mut source = Script::of(connection);
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().outputs();
    source.responds().receives("data:a\n\n").ends().outputs();
    for _ in 0..2 {
        source.wait_is_over().outputs();
        source.is_refused().brings(&["error", "wait"]);
    }
    source.wait_is_over().outputs();
    source.is_refused().brings(&["abort", "error, failed"]);
}

#[test]
fn who_is_asked_is_told_that_the_attempts_are_used_up_and_can_not_add_one() {
    let reconnection = Reconnection::paced(1_000, 0, Pacing { attempts: 1, ..Pacing::STANDARD });
    let policy = Policy { asks: true, ..Policy::STANDARD };
    let mut source = Script::of(Connection::obeying(policy, page(), OWN.into(), String::new(), reconnection));
    source.outputs();
    source.is_refused().brings(&["ask about Network, would retry"]);
    source.decides(None).brings(&["error", "wait"]);
    source.wait_is_over().outputs();
    source.is_refused().brings(&["ask about Network, would fail"]);
    source.decides(Some(true)).brings(&["abort", "error, failed"]);
}

#[test]
fn an_event_ends_the_count_though_the_page_ends_the_attempt() {
    let pacing = Pacing { attempts: 1, ..Pacing::STANDARD };
    let reconnection = Reconnection::paced(1_000, 0, pacing);
    let connection = Connection::obeying(Policy::STANDARD, page(), OWN.into(), String::new(), reconnection);
    let mut source = Script::of(connection);
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
    source.wait_is_over().outputs();
    source.responds().receives("data:a\n\n").outputs();
    source.connection.reconnect();
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn pacing_sets_factor_jitter_and_the_longest_wait() {
    let pacing = Pacing { factor: 3.0, jitter: 0.0, max: Some(20_000), ..Pacing::STANDARD };
    let mut reconnection = Reconnection::paced(1_000, 0, pacing);
    assert_eq!([(); 4].map(|()| reconnection.wait_after(false)), [3_000, 9_000, 20_000, 20_000]);
    assert_eq!(reconnection.wait_after(true), 1_000);
    let mut hammer = Reconnection::paced(0, 0, Pacing { factor: 1.0, jitter: 0.0, max: Some(0), attempts: u32::MAX });
    assert_eq!([hammer.wait_after(false), hammer.wait_after(true)], [100, 100]);
}

#[test]
fn the_caller_decides_when_asked() {
    let policy = Policy { asks: true, ..Policy::STANDARD };
    for (retries, outputs) in [
        (Some(true), &["error", "wait"][..]),
        (Some(false), &["abort", "error, failed"]),
        (None, &["abort", "error, failed"]),
    ] {
        let mut source = obeying(policy.clone(), OWN);
        source.outputs();
        source.responds_with(status(404)).brings(&["abort", "ask about HttpStatus, would fail"]);
        source.decides(retries).brings(outputs);
    }
    let mut source = open(policy, OWN);
    source.ends().brings(&["ask about StreamEnded, would retry"]);
    source.decides(None).brings(&["error", "wait"]);
}

#[test]
fn close_while_the_caller_is_asked_is_final() {
    let mut source = open(Policy { asks: true, ..Policy::STANDARD }, OWN);
    source.ends().outputs();
    source.closes().brings(&["abort"]);
    source.decides(Some(true)).brings(&[]);
}

#[test]
fn reconnect_or_a_pause_while_the_caller_is_asked_tells_that_the_stream_is_over() {
    let mut source = open(Policy { asks: true, ..Policy::STANDARD }, OWN);
    source.ends().outputs();
    source.connection.reconnect();
    source.brings(&["abort", "error", "request http://a.test/s"]);
    source.responds().outputs();
    source.ends().outputs();
    source.connection.pause();
    assert_eq!(loss(&mut source), (Reason::StreamEnded, None));
    source.decides(Some(true)).brings(&[]);
    // What was never open is not told to be over.
    source.connection.resume_paused();
    source.outputs();
    source.is_refused().outputs();
    source.connection.reconnect();
    source.brings(&["abort", "request http://a.test/s"]);
}

#[test]
fn each_attempt_starts_over_at_the_constructors_url() {
    let mut source = obeying(Policy { starts_over: true, ..Policy::STANDARD }, OWN);
    source.outputs();
    source.responds_from("http://b.test/final").brings(&["open http://b.test/final"]);
    source.ends().outputs();
    source.wait_is_over().brings(&["request http://a.test/s"]);
}

#[test]
fn without_probes_nothing_is_sent_to_find_out() {
    let policy = Policy { probes: false, ..Policy::STANDARD };
    let mut source = obeying(policy.clone(), OTHER);
    source.outputs();
    source.is_refused().brings(&["error", "wait"]);
    let mut source = Script::of(Connection::obeying(policy, page(), OTHER.into(), "1".into(), reconnection()));
    source.brings(&["request http://b.test/s with id 1"]);
    source.is_refused().brings(&["error", "wait"]);
}

#[test]
fn heartbeat_timeout_renews_a_silent_connection() {
    let mut source = open(Policy { heartbeat_timeout: 10, ..Policy::STANDARD }, OWN);
    for _ in 0..3 {
        source.watch_is_over().brings(&["watch 3"]);
    }
    source.receives(":").brings(&[]);
    // A quarter of the time each, but the first was under way when the byte came.
    for _ in 0..4 {
        source.watch_is_over().brings(&["watch 3"]);
    }
    source.watch_is_over();
    assert_eq!(loss(&mut source).0, Reason::Timeout);
}

#[test]
fn heartbeat_timeout_renews_a_request_without_an_answer() {
    let mut source = obeying(Policy { heartbeat_timeout: 1, ..Policy::STANDARD }, OWN);
    source.brings(&["request http://a.test/s", "watch 1"]);
    for _ in 0..4 {
        source.watch_is_over().brings(&["watch 1"]);
    }
    source.watch_is_over().brings(&["abort", "error", "wait"]);
    source.watch_is_over().brings(&[]);
}

#[test]
fn an_event_that_is_too_large_fails_the_connection() {
    let policy = Policy { max_event_size: 10, ..Policy::STANDARD };
    for part in
        ["data:0123456789", "data:01234\ndata:56789\n", ":01234567890", "event:01234567890\n", "id:01234567890\n"]
    {
        let mut source = open(policy.clone(), OWN);
        source.receives(part);
        assert_eq!(loss(&mut source), (Reason::TooLarge, None), "{part}");
        source.brings(&[]);
        let mut source = open(policy.clone(), OWN);
        let (start, rest) = part.split_at(10);
        source.receives(start).brings(&[]);
        source.receives(rest).brings(&["abort", "error, failed"]);
    }
    let mut source = open(policy, OWN);
    source.receives("data:a\n\ndata:b").receives("c\n\n").brings(&["dispatch (message: a)", "dispatch (message: bc)"]);
}

#[test]
fn the_id_of_an_earlier_event_is_no_part_of_a_large_one() {
    let mut source = open(Policy { max_event_size: 12, ..Policy::STANDARD }, OWN);
    source.receives("id:12345678\n\n").outputs();
    source.receives("data:12345").brings(&[]);
    source.receives("678").brings(&["abort", "error, failed"]);
}

#[test]
fn an_id_that_is_too_long_is_ignored() {
    let mut source = open(Policy { max_id_size: 4, ..Policy::STANDARD }, OWN);
    source.receives("id:1234\ndata:a\n\nid:12345\ndata:b\n\n").outputs();
    assert_eq!(source.ends().outputs().len(), 2);
    source.wait_is_over().brings(&["request http://a.test/s with id 1234"]);
}

#[test]
fn an_event_that_is_too_large_fails_after_those_before_it_are_delivered() {
    let mut source = open(Policy { max_event_size: 10, ..Policy::STANDARD }, OWN);
    source.receives("data:a\n\ndata:012345").brings(&["dispatch (message: a)", "await delivery"]);
    source.has_delivered();
    assert_eq!(loss(&mut source), (Reason::TooLarge, None));
    source.has_delivered().brings(&[]);
}

#[test]
fn a_delivery_that_nobody_waits_for_changes_nothing() {
    let mut source = open(Policy { max_event_size: 10, ..Policy::STANDARD }, OWN);
    source.has_delivered().brings(&[]);
    source.receives("data:a\n\ndata:0123456789").outputs();
    source.ends().brings(&["error", "wait"]);
    source.has_delivered().brings(&[]);
}

#[test]
fn reasons_of_losses() {
    type Happens = fn(&mut Script);
    let losses: [(Happens, Reason); 6] = [
        (|source| _ = source.responds_with(status(404)), Reason::HttpStatus),
        (|source| _ = source.responds_with(Response { content_type: None, ..event_stream() }), Reason::ContentType),
        (|source| _ = source.is_refused(), Reason::Network),
        (|source| _ = source.is_refused_by_policy(), Reason::Policy),
        (|source| _ = source.is_stopped(), Reason::Aborted),
        (|source| _ = source.responds().breaks(), Reason::Network),
    ];
    for (happens, reason) in losses {
        let mut source = Script::new(OWN);
        source.outputs();
        happens(&mut source);
        assert_eq!(loss(&mut source).0, reason);
    }
    let mut source = Script::new(OTHER);
    source.outputs();
    source.is_refused().outputs();
    source.probe_is_answered(true).outputs();
    source.is_refused();
    assert_eq!(loss(&mut source).0, Reason::Cors);
}

#[test]
fn an_error_tells_the_wait() {
    let mut source = open(Policy::STANDARD, OWN);
    source.receives("retry:700\ndata:a\n\n").outputs();
    source.ends();
    assert_eq!(loss(&mut source), (Reason::StreamEnded, Some(700)));
}

#[test]
fn a_pause_is_silent_until_it_is_resumed_with_the_last_id() {
    let mut source = open(Policy::STANDARD, OWN);
    source.receives("id:1\ndata:a\n\n").outputs();
    source.connection.pause();
    source.brings(&["abort", "error"]);
    source.ends().receives("data:b\n\n").wait_is_over().brings(&[]);
    source.connection.pause();
    source.connection.reconnect();
    source.brings(&[]);
    source.connection.resume_paused();
    source.brings(&["request http://a.test/s with id 1"]);
    source.connection.resume_paused();
    source.brings(&[]);
}

#[test]
fn a_pause_ends_a_wait() {
    let mut source = open(Policy::STANDARD, OWN);
    source.ends().outputs();
    source.connection.pause();
    source.brings(&["abort"]);
    source.wait_is_over().brings(&[]);
    source.connection.resume_paused();
    source.brings(&["request http://a.test/s"]);
}

#[test]
fn reconnect_does_not_wait() {
    let mut source = open(Policy::STANDARD, OWN);
    source.receives("id:1\ndata:a\n\n").outputs();
    source.connection.reconnect();
    source.brings(&["abort", "error", "request http://a.test/s with id 1"]);
    source.is_refused().outputs();
    source.connection.reconnect();
    source.brings(&["abort", "request http://a.test/s with id 1"]);
    source.closes().outputs();
    source.connection.reconnect();
    source.brings(&[]);
}

/// A server that resumes right after the id it is given, and drops each connection at one byte offset, in the stream of an
/// attempt. Time is virtual: each wait is over at once.
#[test]
fn a_drop_at_each_byte_of_a_stream_with_ids_loses_nothing_and_repeats_nothing() {
    const EVENTS: usize = 300;
    let event = |number: usize| format!("id:{number}\nevent:n\ndata:{number}\ndata:é\n\n").into_bytes();
    let from = |id: usize| (id + 1..=EVENTS).flat_map(event).collect::<Vec<_>>();
    for offset in 0..=from(0).len() {
        let policy = Policy { statuses: vec![503], heartbeat_timeout: 1_000, ..Policy::STANDARD };
        let mut connection = Connection::obeying(policy, page(), OWN.into(), String::new(), reconnection());
        let mut reader = Reader::new("");
        let mut attempts = 0;
        let mut is_waiting = false;
        while reader.events.len() < EVENTS {
            let mut current = None;
            while let Some(output) = connection.next_output() {
                match output {
                    Output::Request(request) => {
                        attempts += 1;
                        let id = request.last_event_id.map_or(0, |id| id.parse().expect("an id of the server's"));
                        current = Some((request.attempt, id));
                        is_waiting = false;
                    }
                    Output::Wait { attempt, .. } => {
                        current = Some((attempt, 0));
                        is_waiting = true;
                    }
                    Output::Dispatch(batch) => reader.read(&batch),
                    _ => {}
                }
            }
            let Some((attempt, id)) = current else { break };
            if is_waiting {
                connection.handle(attempt, Input::WaitOver);
                continue;
            }
            assert!(attempts < 5, "there is no end at {offset}");
            // The second attempt meets a burst of errors.
            if attempts == 2 {
                connection.handle(attempt, Input::Response(status(503)));
                continue;
            }
            connection.handle(attempt, Input::Response(event_stream()));
            let stream = from(id);
            let cut = if attempts == 1 { offset } else { stream.len() };
            for chunk in stream[..cut].chunks(1_000) {
                while let Some(output) = connection.next_output() {
                    if let Output::Dispatch(batch) = output {
                        reader.read(&batch);
                    }
                }
                connection.handle(attempt, Input::Chunk(chunk));
            }
            while let Some(output) = connection.next_output() {
                if let Output::Dispatch(batch) = output {
                    reader.read(&batch);
                }
            }
            connection.handle(attempt, Input::Broken);
        }
        let expected: Vec<String> = (1..=EVENTS).map(|number| format!("{number}\né")).collect();
        let data: Vec<&String> = reader.events.iter().map(|event| &event.data).collect();
        assert_eq!(data, expected.iter().collect::<Vec<_>>(), "after a drop at {offset}");
    }
}
