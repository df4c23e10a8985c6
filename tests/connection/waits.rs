//! How long the waits are before the next attempt.

use eventsource_wasm::{DEFAULT_RECONNECTION_TIME, Reconnection};

use crate::script::{OTHER, OWN, Script};

const LONGEST_WAIT: u32 = i32::MAX as u32;

/// The shortest and the longest wait that may come after `attempts` in a row without an event.
pub fn bounds(reconnection_time: u32, attempts: i32) -> (u32, u32) {
    let exactly = f64::from(reconnection_time.max(100));
    let backed_off = exactly * 2f64.powi(attempts);
    let bound = |wait: f64| wait.min(exactly + 60_000.0).min(f64::from(LONGEST_WAIT)) as u32;
    if attempts == 0 { (bound(exactly), bound(exactly)) } else { (bound(backed_off), bound(backed_off * 1.2)) }
}

#[track_caller]
fn is_within(wait: u32, (shortest, longest): (u32, u32)) {
    assert!((shortest..=longest).contains(&wait), "{wait} is not from {shortest} to {longest}");
}

#[test]
fn the_reconnection_time_is_three_seconds_at_first() {
    assert_eq!(DEFAULT_RECONNECTION_TIME, 3_000);
}

#[test]
fn after_an_event_the_wait_is_exactly_the_reconnection_time() {
    for seed in 0..20 {
        for time in [100, 101, 3_000, 59_999, 60_001, 10_000_000, LONGEST_WAIT] {
            let mut reconnection = Reconnection::new(time, seed);
            assert_eq!([(); 3].map(|()| reconnection.wait_after(true)), [time; 3]);
        }
    }
}

#[test]
fn no_wait_is_shorter_than_100_milliseconds() {
    for time in [0, 1, 99] {
        assert_eq!(Reconnection::new(time, 0).wait_after(true), 100);
        is_within(Reconnection::new(time, 0).wait_after(false), (200, 240));
    }
}

#[test]
fn each_attempt_without_an_event_doubles_the_wait() {
    assert_eq!(bounds(3_000, 2), (12_000, 14_400));
    for seed in 0..200 {
        for time in [0, 100, 250, 3_000, 29_000, 1_000_000] {
            let mut reconnection = Reconnection::new(time, seed);
            for attempts in 1..40 {
                is_within(reconnection.wait_after(false), bounds(time, attempts));
            }
        }
    }
}

#[test]
fn an_event_ends_the_doubling() {
    let mut reconnection = Reconnection::new(1_000, 7);
    for _ in 0..5 {
        reconnection.wait_after(false);
    }
    assert_eq!(reconnection.wait_after(true), 1_000);
    is_within(reconnection.wait_after(false), (2_000, 2_400));
}

#[test]
fn at_most_a_minute_is_added() {
    for time in [100, 3_000, 60_000, 3_600_000] {
        let mut reconnection = Reconnection::new(time, 3);
        let last = (0..10_000).map(|_| reconnection.wait_after(false)).last();
        assert_eq!(last, Some(time + 60_000));
    }
}

#[test]
fn no_wait_is_longer_than_a_timer_can_be() {
    for time in [LONGEST_WAIT - 1, LONGEST_WAIT] {
        let mut reconnection = Reconnection::new(time, 3);
        assert_eq!(reconnection.wait_after(true), time);
        assert_eq!([(); 50].map(|()| reconnection.wait_after(false)), [LONGEST_WAIT; 50]);
    }
}

#[test]
fn a_reconnection_time_is_clamped_to_the_longest_wait() {
    let mut reconnection = Reconnection::new(0, 0);
    for (asked, set) in
        [(0, 0), (5, 5), (LONGEST_WAIT, LONGEST_WAIT), (LONGEST_WAIT + 1, LONGEST_WAIT), (u32::MAX, LONGEST_WAIT)]
    {
        assert_eq!(reconnection.set_time(asked), set);
        assert_eq!(reconnection.wait_after(true), set.max(100));
    }
}

#[test]
fn waits_of_sources_that_fell_together_are_spread() {
    let waits: Vec<u32> = (0..1_000).map(|seed| Reconnection::new(10_000, seed).wait_after(false)).collect();
    for tenth in 0..10 {
        let start = 20_000 + tenth * 400;
        let count = waits.iter().filter(|wait| (start..start + 400).contains(*wait)).count();
        assert!((50..200).contains(&count), "{count} of 1000 waits are from {start} to {}", start + 400);
    }
}

#[test]
fn a_stream_without_events_is_an_attempt_without_one() {
    let mut source = Script::open(OWN);
    source.receives(":comment\n\nid:1\n\nretry:1000\ndata:unfinished").outputs();
    source.ends().outputs();
    is_within(source.waits[0], (2_000, 2_400));
}

#[test]
fn an_event_in_any_chunk_makes_a_fruitful_attempt() {
    let mut source = Script::open(OWN);
    source.receives("data:a\n\n").receives(":comment\n\n").receives("id:1\n\n").outputs();
    source.ends().outputs();
    assert_eq!(source.waits, [3_000]);
}

#[test]
fn retry_counts_for_the_wait_after_its_own_stream() {
    let mut source = Script::open(OWN);
    source.receives("retry:0\ndata:a\n\n").receives("retry:5000\n").outputs();
    source.ends().outputs();
    assert_eq!(source.waits, [5_000]);
}

#[test]
fn requests_with_no_wait_between_are_one_attempt() {
    let mut source = Script::reconnecting(OTHER, "retry:1000\nid:1\ndata:a\n\n");
    for attempts in 1..6 {
        source.brings(&["request http://b.test/s with id 1"]);
        source.is_refused().brings(&["request http://b.test/s"]);
        source.is_refused().brings(&["error", "wait"]);
        is_within(source.waits[attempts as usize], bounds(1_000, attempts));
        source.wait_is_over();
    }
}

#[test]
fn an_accepted_response_does_not_end_the_doubling() {
    let mut source = Script::open(OWN);
    for attempts in 1..6 {
        source.ends().outputs();
        is_within(source.waits[attempts as usize - 1], bounds(3_000, attempts));
        source.wait_is_over().outputs();
        source.responds().outputs();
    }
}
