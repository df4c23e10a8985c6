//! The parser against the oracle, on random streams in random chunks.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::oracle::Oracle;
use crate::common::streams::{chunks, cuts, last_event_id, stream};
use crate::parse;

proptest! {
    // A failure prints the smallest stream it can find: that becomes a fixture, not a file of seeds.
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn streams_in_chunks(stream in stream(), cuts in cuts(), last_event_id in last_event_id()) {
        let (parsed, _) = parse(chunks(&stream, &cuts), &last_event_id);
        prop_assert_eq!(parsed, Oracle::read(&stream, &last_event_id).interpretation);
    }

    #[test]
    fn streams_byte_by_byte(stream in stream(), last_event_id in last_event_id()) {
        let (parsed, reader) = parse(stream.chunks(1), &last_event_id);
        let oracle = Oracle::read(&stream, &last_event_id);
        prop_assert_eq!(parsed, oracle.interpretation);
        // No chunk has two blank lines, so each change is told, and nothing else.
        let mut ids = [vec![last_event_id], oracle.last_event_ids].concat();
        ids.dedup();
        prop_assert_eq!(&reader.told, &ids[1..]);
    }

    #[test]
    fn arbitrary_bytes(stream in vec(any::<u8>(), 0..200), cuts in cuts()) {
        let (parsed, _) = parse(chunks(&stream, &cuts), "");
        prop_assert_eq!(parsed, Oracle::read(&stream, "").interpretation);
    }
}
