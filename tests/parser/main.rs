//! The parser against the fixtures and against the oracle, in chunks of every kind: of bytes, and of decoded text.

// On the host: proptest is not for browsers, and wasm-pack compiles every test.
#![cfg(not(target_arch = "wasm32"))]

mod batches;
mod boundaries;
#[path = "../common/mod.rs"]
mod common;
mod decoded;
mod decoder;
mod fixtures;
mod random;
mod words;

use common::oracle::Interpretation;
use common::reader::Reader;
use eventsource_wasm::{Parsed, Parser};

/// What the parser, and whoever reads its batches, makes of a stream that comes in these chunks; and which ids it was told.
fn parse<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, last_event_id: &str) -> (Interpretation, Vec<String>) {
    parse_by(Parser::feed, chunks, last_event_id)
}

/// The same for text that a transport has decoded.
fn parse_decoded<'a>(parts: impl IntoIterator<Item = &'a str>, last_event_id: &str) -> (Interpretation, Vec<String>) {
    parse_by(Parser::feed_decoded, parts, last_event_id)
}

fn parse_by<Chunk>(
    feed: impl Fn(&mut Parser, Chunk) -> Parsed,
    chunks: impl IntoIterator<Item = Chunk>,
    last_event_id: &str,
) -> (Interpretation, Vec<String>) {
    let mut parser = Parser::new(last_event_id);
    let mut reader = Reader::new(last_event_id);
    let mut reconnection_time = None;
    for chunk in chunks {
        let parsed = feed(&mut parser, chunk);
        reader.read(&parsed.batch);
        reconnection_time = parsed.reconnection_time.or(reconnection_time);
        assert_eq!(reader.last_event_id, parser.last_event_id(), "a batch did not tell the last event ID");
    }
    let Reader { events, last_event_id, told } = reader;
    (Interpretation { events, last_event_id, reconnection_time }, told)
}
