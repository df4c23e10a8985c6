//! Lines are looked at by words of several bytes: what differs from the rest stands at each place of such words.

use crate::common::oracle::Oracle;
use crate::parse;

/// Of a value, in bytes: some words, and all that may be left of one.
const LONGEST: usize = 48;
/// Characters of one to four bytes, the last and the first of each length; what is less than a space; and bytes that are faulty.
const PARTS: [&[u8]; 15] = [
    b"\0",
    b"\t",
    b"\x0B",
    b"\x0E",
    b"\x7F",
    b"\xC2\x80",
    b"\xDF\xBF",
    b"\xE0\xA0\x80",
    b"\xEF\xBF\xBF",
    b"\xF0\x90\x80\x80",
    b"\xF4\x8F\xBF\xBF",
    b"\x80",
    b"\xC2",
    b"\xED\xA0\x80",
    b"\xFF",
];

/// In one chunk and in two.
fn check(stream: &[u8], cut: usize) {
    let expected = Oracle::read(stream, "").interpretation;
    assert_eq!(parse([stream], "").0, expected, "{stream:?}");
    let (start, end) = stream.split_at(cut);
    assert_eq!(parse([start, end], "").0, expected, "{stream:?}, cut at {cut}");
}

#[test]
fn utf_8_decode_at_each_place_of_a_value() {
    for length in 0..LONGEST {
        for place in 0..=length {
            for part in PARTS {
                let value = [&b"-".repeat(place), part, &b"-".repeat(length - place)].concat();
                // Type, id and data, since each is counted by itself.
                let stream: Vec<u8> = [b"event:", &value[..], b"\nid:", &value, b"\ndata:", &value, b"\n\n"].concat();
                let end_of_part = stream.len() - b"\n\n".len() - (length - place);
                check(&stream, end_of_part - part.len().div_ceil(2));
            }
        }
    }
}

/// Every start of a character, with all that bears on whether it goes on.
#[test]
fn utf_8_decode_of_each_start_of_a_character() {
    const GOING_ON: [u8; 6] = [b'-', 0x80, 0xBF, 0xC1, 0xC2, 0xE1];
    for first in 0x80..=0xFF {
        let mut stream = Vec::new();
        for second in 0..=0xFF {
            for third in GOING_ON {
                for fourth in GOING_ON {
                    stream.extend_from_slice(&[b"data:", &[first, second, third, fourth][..], b"\n\n"].concat());
                }
            }
        }
        check(&stream, 0);
    }
}

#[test]
fn lines_end_at_each_place() {
    for line_end in ["\n", "\r", "\r\n"] {
        for length in 0..LONGEST {
            let value = "-".repeat(length);
            let stream = format!(
                "data:{value}{line_end}data:é{value}{line_end}:{value}{line_end}{line_end}data:{value}{line_end}{line_end}"
            );
            for cut in 0..=stream.len() {
                check(stream.as_bytes(), cut);
            }
        }
    }
}
