//! The parser against the fixtures and against the oracle, in chunks of every kind.

// On the host: proptest is not for browsers, and wasm-pack compiles every test.
#![cfg(not(target_arch = "wasm32"))]

mod batches;
#[path = "../common/mod.rs"]
mod common;
mod fixtures;
mod random;

use common::oracle::Interpretation;
use common::reader::Reader;
use eventsource_wasm::Parser;

/// What the parser, and whoever reads its batches, makes of a stream that comes in these chunks; and which ids it was told.
fn parse<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, last_event_id: &str) -> (Interpretation, Vec<String>) {
    let mut parser = Parser::new(last_event_id);
    let mut reader = Reader::new(last_event_id);
    let mut reconnection_time = None;
    for chunk in chunks {
        let parsed = parser.feed(chunk);
        reader.read(&parsed.batch);
        reconnection_time = parsed.reconnection_time.or(reconnection_time);
        assert_eq!(reader.last_event_id, parser.last_event_id(), "a batch did not tell the last event ID");
    }
    let Reader { events, last_event_id, told } = reader;
    (Interpretation { events, last_event_id, reconnection_time }, told)
}
