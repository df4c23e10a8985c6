//! The parser against the oracle, on random streams in random chunks.

use eventsource_wasm::{Batch, Parser, Record};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::oracle::Oracle;
use crate::common::reader::Reader;
use crate::common::streams::{last_event_id, stream};
use crate::{parse, parse_decoded};

/// Where to cut a stream: anywhere, and more than once at the same place.
pub fn cuts() -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 0..12)
}

/// The stream in chunks, some of them empty.
pub fn chunks<'a>(stream: &'a [u8], cuts: &[Index]) -> Vec<&'a [u8]> {
    let mut positions: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
    positions.push(stream.len());
    positions.sort_unstable();
    let starts = std::iter::once(0).chain(positions.iter().copied());
    starts.zip(positions.iter()).map(|(start, end)| &stream[start..*end]).collect()
}

/// The text in parts, some of them empty.
fn parts<'a>(text: &'a str, cuts: &[Index]) -> Vec<&'a str> {
    let boundaries: Vec<usize> = (0..=text.len()).filter(|position| text.is_char_boundary(*position)).collect();
    let mut positions: Vec<usize> = cuts.iter().map(|cut| *cut.get(&boundaries)).collect();
    positions.push(text.len());
    positions.sort_unstable();
    let starts = std::iter::once(0).chain(positions.iter().copied());
    starts.zip(positions.iter()).map(|(start, end)| &text[start..*end]).collect()
}

/// What a batch says of itself, and what comes of cutting it.
fn check_records(batch: &Batch) {
    let records = batch.records();
    let mut reader = Reader::default();
    reader.read(batch);
    let (mut events, mut told) = (reader.events.into_iter(), reader.told.into_iter());
    for (index, record) in records.iter().enumerate() {
        match record {
            Record::Event { event_type, data, last_event_id } => {
                let event = events.next().expect("an event for each record of one");
                assert_eq!((&event.event_type, &event.data), (event_type, data));
                assert_eq!(*last_event_id, last_event_id.is_some().then(|| told.next()).flatten());
            }
            Record::LastEventId(id) => {
                assert_eq!(told.next().as_ref(), Some(id));
                assert_eq!(index + 1, records.len(), "an event that follows would have told this id: {records:?}");
            }
        }
    }
    assert_eq!((events.next(), told.next()), (None, None));
    assert_eq!(batch.is_empty(), records.is_empty());
    assert_eq!(batch.has_events(), records.iter().any(|record| matches!(record, Record::Event { .. })));
}

/// A failure prints the smallest stream it can find: that becomes a fixture, not a file of seeds.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn streams_in_chunks(stream in stream(0..24), cuts in cuts(), last_event_id in last_event_id()) {
        let (parsed, _) = parse(chunks(&stream, &cuts), &last_event_id);
        prop_assert_eq!(parsed, Oracle::read(&stream, &last_event_id).interpretation);
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn decoded_text_in_parts(stream in stream(0..24), cuts in cuts(), last_event_id in last_event_id()) {
        let text = String::from_utf8_lossy(&stream);
        let (parsed, _) = parse_decoded(parts(&text, &cuts), &last_event_id);
        prop_assert_eq!(parsed, Oracle::read_decoded(&text, &last_event_id).interpretation);
    }

    #[test]
    fn boundaries_of_chunks(stream in stream(0..24), cuts in cuts()) {
        let mut parser = Parser::new("");
        let (mut position, mut blank_lines) = (0, 0);
        for chunk in chunks(&stream, &cuts) {
            parser.feed(chunk);
            position += chunk.len();
            let blank_lines_by_now = Oracle::read(&stream[..position], "").last_event_ids.len();
            prop_assert_eq!(parser.has_passed_boundary(), blank_lines_by_now > blank_lines);
            blank_lines = blank_lines_by_now;
        }
    }

    #[test]
    fn streams_byte_by_byte(stream in stream(0..24), last_event_id in last_event_id()) {
        let (parsed, told) = parse(stream.chunks(1), &last_event_id);
        let oracle = Oracle::read(&stream, &last_event_id);
        prop_assert_eq!(parsed, oracle.interpretation);
        // No chunk has two blank lines, so each change is told, and nothing else.
        let mut ids = [vec![last_event_id], oracle.last_event_ids].concat();
        ids.dedup();
        prop_assert_eq!(&told, &ids[1..]);
    }

    #[test]
    fn records_of_batches(stream in stream(0..24), cuts in cuts()) {
        let mut parser = Parser::new("");
        for chunk in chunks(&stream, &cuts) {
            check_records(&parser.feed(chunk).batch);
        }
    }

    #[test]
    fn arbitrary_bytes(stream in vec(any::<u8>(), 0..200), cuts in cuts()) {
        let (parsed, _) = parse(chunks(&stream, &cuts), "");
        prop_assert_eq!(parsed, Oracle::read(&stream, "").interpretation);
    }
}
