//! Event boundaries: whether the last chunk had one.

use eventsource_wasm::Parser;

#[track_caller]
fn boundaries<const N: usize>(chunks: [(&str, bool); N]) {
    let mut parser = Parser::new("");
    assert!(!parser.has_passed_boundary());
    let passed = chunks.map(|(chunk, _)| {
        parser.feed(chunk.as_bytes());
        (chunk, parser.has_passed_boundary())
    });
    assert_eq!(passed, chunks);
}

#[test]
fn a_blank_line_is_a_boundary() {
    boundaries([("data:a\n", false), ("\n", true), ("data:b\n", false), ("\n", true)]);
}

#[test]
fn a_boundary_with_more_behind_it_counts() {
    boundaries([("data:a\n\ndata:b", true), ("\n", false), ("\ndata:c\n", true)]);
}

#[test]
fn a_boundary_counts_for_its_chunk_alone() {
    boundaries([("data:a\n\n", true), ("", false), ("data:b", false)]);
}

#[test]
fn a_boundary_needs_no_event() {
    boundaries([("\n", true), (":comment\n", false), ("\n", true), ("id:1\r\n\r\n", true)]);
}

#[test]
fn the_lf_of_a_crlf_is_no_boundary() {
    boundaries([("data:a\r", false), ("\n", false), ("\r", true), ("\n", false)]);
}
