//! Random streams that are interesting to an interpreter.

use proptest::collection::{SizeRange, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// The bytes of a stream: so many lines that mean something, lines that nearly do, fragments, and noise.
pub fn stream(pieces: impl Into<SizeRange>) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => line(),
        3 => select(LINE_ENDS).prop_map(<[u8]>::to_vec),
        2 => fragment(),
        1 => vec(any::<u8>(), 0..6),
    ];
    let start = prop_oneof![4 => Just(&b""[..]), 1 => select(STARTS)];
    (start, vec(piece, pieces)).prop_map(|(start, pieces)| [start.to_vec(), pieces.concat()].concat())
}

/// What a source has as its last event ID when a stream begins.
pub fn last_event_id() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 1 => "[a-c]", 1 => "\\PC{0,4}"]
}

const LINE_ENDS: &[&[u8]] = &[b"\n", b"\r", b"\r\n", b"\n\n", b"\r\r", b"\r\n\r\n", b"\n\r", b"\r\n\n"];

/// Byte order marks, whole, twice, in part, and of UTF-16.
const STARTS: &[&[u8]] =
    &[b"\xEF\xBB\xBF", b"\xEF\xBB\xBF\xEF\xBB\xBF", b"\xEF\xBB", b"\xEF", b"\xFF\xFE", b"\xEF\xBB\xBF\n"];

const NAMES: &[&[u8]] = &[b"data", b"event", b"id", b"retry"];

const NEAR_MISSES: &[&[u8]] =
    &[b"Data", b"dat", b"datas", b" data", b"data ", b"\0data", b"ID", b"ids", b"\xEF\xBB\xBFdata", b"retry\xFF", b""];

const SEPARATORS: &[&[u8]] = &[b":", b": ", b":  ", b"::", b":\t", b" :", b""];

/// Valid characters of one to four bytes, and what the decoder of the Encoding Standard has to replace.
const TEXTS: &[&[u8]] = &[
    b"a",
    b"b c",
    b" ",
    b":",
    b"\0",
    b"\t",
    "é".as_bytes(),
    "\u{85}\u{2028}".as_bytes(),
    "☃".as_bytes(),
    "\u{FEFF}".as_bytes(),
    "\u{FFFD}".as_bytes(),
    "😀".as_bytes(),
    b"\x80",
    b"\xC0\xAF",
    b"\xC3",
    b"\xE2\x98",
    b"\xED\xA0\x80",
    b"\xF0\x9F\x98",
    b"\xF4\x90\x80\x80",
    b"\xFF",
];

fn line() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![5 => select(NAMES), 1 => select(NEAR_MISSES)];
    let any_line =
        (name, select(SEPARATORS), value()).prop_map(|(name, separator, value)| [name, separator, &value].concat());
    let id = "[a-c]{0,2}".prop_map(|id| format!("id:{id}").into_bytes());
    let retry = "0{0,2}[0-9]{1,24}".prop_map(|digits| format!("retry:{digits}").into_bytes());
    let body = prop_oneof![6 => any_line, 2 => id, 1 => retry];
    (body, select(LINE_ENDS)).prop_map(|(body, line_end)| [&body, line_end].concat())
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => vec(select(TEXTS), 0..4).prop_map(|texts| texts.concat()),
        1 => "[0-9]{1,6}".prop_map(String::into_bytes),
    ]
}

fn fragment() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![select(TEXTS), select(NAMES), select(SEPARATORS)].prop_map(<[u8]>::to_vec)
}
