//! The decoder: what Rust programs read of a stream, against the oracle.

use std::time::Duration;

use eventsource_wasm::{Decoder, Message};
use proptest::prelude::*;

use crate::common::oracle::{Event, Interpretation, Oracle};
use crate::common::streams::{last_event_id, stream};
use crate::random::{cases, chunks, cuts};

fn decode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, last_event_id: &str) -> Interpretation {
    let mut decoder = Decoder::resuming(last_event_id);
    let mut events = Vec::new();
    for chunk in chunks {
        events.extend(decoder.feed(chunk).map(|message| Event {
            event_type: message.event_type.into_owned(),
            data: message.data.into_owned(),
            last_event_id: message.last_event_id.into_owned(),
        }));
    }
    Interpretation {
        events,
        last_event_id: decoder.last_event_id().into(),
        reconnection_time: decoder.reconnection_time().map(|time| time.as_millis().try_into().expect("it is bounded")),
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn streams_in_chunks(stream in stream(0..24), cuts in cuts(), last_event_id in last_event_id()) {
        let decoded = decode(chunks(&stream, &cuts), &last_event_id);
        prop_assert_eq!(decoded, Oracle::read(&stream, &last_event_id).interpretation);
    }
}

#[test]
fn a_message_that_is_owned_outlives_its_chunk() {
    let mut decoder = Decoder::new();
    let first = decoder.feed("event: é\nid: 🦀\ndata: ü\n\n".as_bytes()).next().map(Message::into_owned);
    assert_eq!(decoder.feed(b"data: b\n\n").count(), 1);
    assert_eq!(first, Some(Message { event_type: "é".into(), data: "ü".into(), last_event_id: "🦀".into() }),);
}

#[test]
fn messages_that_are_not_read_are_dropped_and_their_id_is_kept() {
    let mut decoder = Decoder::new();
    let _ = decoder.feed(b"retry: 500\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n");
    let messages: Vec<_> = decoder.feed(b"data: c\n\n").collect();
    assert_eq!(messages, [Message { event_type: "message".into(), data: "c".into(), last_event_id: "2".into() }]);
    assert_eq!(decoder.reconnection_time(), Some(Duration::from_millis(500)));
}

#[test]
fn an_unfinished_event_is_counted() {
    let mut decoder = Decoder::new();
    assert_eq!(decoder.feed(b"data: 123").count(), 0);
    assert_eq!(decoder.unfinished(), "data: 123".len());
}

#[cfg(feature = "json")]
#[test]
fn data_that_is_no_json_is_an_error() {
    let mut decoder = Decoder::new();
    let message = decoder.feed(b"data: {\n\n").next().expect("there is an event");
    assert!(message.json::<Vec<u8>>().is_err());
}
