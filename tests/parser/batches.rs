//! Batches: what a chunk tells whoever reads it.

use eventsource_wasm::{Parser, Record, SAME};

fn event(data: &str, last_event_id: Option<&str>) -> Record {
    Record::Event { event_type: "message".into(), data: data.into(), last_event_id: last_event_id.map(Into::into) }
}

/// The records of each of these chunks of one stream.
fn records<const N: usize>(last_event_id: &str, chunks: [&str; N]) -> [Vec<Record>; N] {
    let mut parser = Parser::new(last_event_id);
    chunks.map(|chunk| parser.feed(chunk.as_bytes()).batch.records())
}

#[test]
fn an_id_is_told_when_it_changes_and_not_again() {
    assert_eq!(
        records("", ["id:1\ndata:a\n\ndata:b\n\nid:1\ndata:c\n\nid:2\ndata:d\n\n", "data:e\n\n"]),
        [
            vec![event("a", Some("1")), event("b", None), event("c", None), event("d", Some("2"))],
            vec![event("e", None)]
        ]
    );
}

#[test]
fn an_id_that_is_reset_is_told_as_empty() {
    assert_eq!(records("1", ["id\ndata:a\n\n"]), [vec![event("a", Some(""))]]);
}

#[test]
fn the_id_that_a_source_begins_with_is_not_told() {
    assert_eq!(records("1", ["data:a\n\nid:1\ndata:b\n\n"]), [vec![event("a", None), event("b", None)]]);
}

#[test]
fn an_id_without_an_event_is_told_by_the_next_event_of_the_chunk() {
    assert_eq!(records("", ["id:1\n\nid:2\n\ndata:a\n\n"]), [vec![event("a", Some("2"))]]);
}

#[test]
fn an_id_without_an_event_goes_by_itself_at_the_end_of_the_chunk() {
    assert_eq!(
        records("", ["data:a\n\nid:1\n\nid:2\n\n", "data:b\n\n"]),
        [vec![event("a", None), Record::LastEventId("2".into())], vec![event("b", None)]]
    );
}

#[test]
fn an_id_counts_from_its_blank_line_on() {
    assert_eq!(records("", ["id:1\n", "\n"]), [vec![], vec![Record::LastEventId("1".into())]]);
}

#[test]
fn an_id_past_the_bound_is_ignored() {
    let mut parser = Parser::bounded("1", 2);
    let batch = parser.feed("id:22\ndata:a\n\nid:333\ndata:b\n\nid:é\nid: 444\ndata:c\n\n".as_bytes()).batch;
    assert_eq!(batch.records(), [event("a", Some("22")), event("b", None), event("c", Some("é"))]);
    assert_eq!(parser.last_event_id(), "é");
}

#[test]
fn a_lone_cr_ends_its_event_without_waiting_for_more() {
    assert_eq!(
        records("", ["data:a\r\r", "\ndata:b\r\n\r", "\n"]),
        [vec![event("a", None)], vec![event("b", None)], vec![]]
    );
}

#[test]
fn an_empty_chunk_between_cr_and_lf_changes_nothing() {
    assert_eq!(records("", ["data:a\r", "", "\ndata:b\r\n\r\n"]), [vec![], vec![], vec![event("a\nb", None)]]);
}

#[test]
fn lengths_are_utf_16_units() {
    let mut parser = Parser::new("");
    let batch = parser.feed("event:é\nid:☃\ndata:😀a\n\n".as_bytes()).batch;
    assert_eq!(batch.text(), "😀aé☃");
    assert_eq!(batch.lengths(), [3, 1, 1]);
}

#[test]
fn a_type_is_told_when_it_changes_and_at_the_start_of_each_batch() {
    let mut parser = Parser::new("");
    let mut lengths = |chunk: &[u8]| parser.feed(chunk).batch.lengths().to_vec();
    let events = b"data:a\n\nevent:b\ndata:c\n\nevent:b\ndata:d\n\ndata:e\n\nevent:b\ndata:f\n\n";
    assert_eq!(lengths(events), [1, SAME, SAME, 1, 1, SAME, 1, SAME, SAME, 1, 0, SAME, 1, 1, SAME]);
    assert_eq!(lengths(b"event:b\ndata:g\n\n"), [1, 1, SAME]);
}

#[test]
fn a_batch_that_is_taken_back_leaves_nothing_behind() {
    let mut parser = Parser::new("");
    let batch = parser.feed(b"event:x\nid:1\ndata:a\n\ndata:b\n").batch;
    assert_eq!((batch.text(), batch.lengths()), ("ax1", &[1, 1, 1][..]));
    parser.recycle(batch);
    let batch = parser.feed(b"\nevent:x\ndata:c\n\n").batch;
    assert_eq!((batch.text(), batch.lengths()), ("bcx", &[1, SAME, SAME, 1, 1, SAME][..]));
}

#[test]
fn data_of_an_event_over_many_chunks_is_one_piece() {
    let mut parser = Parser::new("");
    assert!(parser.feed("data:é\nda".as_bytes()).batch.is_empty());
    assert!(parser.feed("ta:☃\ndata:a".as_bytes()).batch.is_empty());
    let batch = parser.feed("b\ndata:😀\nid:1\n\ndata:c\n\n".as_bytes()).batch;
    assert_eq!(batch.text(), "é\n☃\nab\n😀1c");
    assert_eq!(batch.lengths(), [9, SAME, 1, 1, SAME, SAME]);
}

#[test]
fn of_several_retry_fields_the_last_one_that_counts_is_told() {
    let mut parser = Parser::new("");
    assert_eq!(parser.feed(b"retry:1\nretry:2\nretry:x\nretry:\n").reconnection_time, Some(2));
    assert_eq!(parser.feed(b"retry\nretry:+5\n").reconnection_time, None);
}

#[test]
fn a_retry_field_of_any_length_is_taken() {
    let mut parser = Parser::new("");
    let mut retry = |digits: &str| parser.feed(format!("retry:{digits}\n").as_bytes()).reconnection_time;
    assert_eq!(retry("2147483646"), Some(2_147_483_646));
    for larger in ["2147483647", "2147483648", "4294967296", "18446744073709551616", "99999999999999999999999"] {
        assert_eq!(retry(larger), Some(2_147_483_647), "{larger}");
    }
    assert_eq!(retry(&"9".repeat(100_000)), Some(2_147_483_647));
    assert_eq!(retry(&("0".repeat(100_000) + "7")), Some(7));
}
