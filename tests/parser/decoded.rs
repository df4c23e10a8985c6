//! Text that a transport has decoded: by the UTF-8 decode algorithm, which takes the byte order mark away and replaces
//! what is faulty.

use crate::common::oracle::Oracle;
use crate::fixtures::{Fixture, fixtures};
use crate::{parse, parse_decoded};

/// The fixtures as text.
fn texts() -> Vec<(Fixture, String)> {
    let with_text = |fixture: Fixture| {
        let text = Oracle::decode(&fixture.stream);
        (fixture, text)
    };
    fixtures().into_iter().map(with_text).collect()
}

fn in_parts_of(characters: usize, text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).step_by(characters).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

#[test]
fn fixtures_decoded_whole() {
    for (fixture, text) in texts() {
        fixture.expect("decoded, whole", parse_decoded([&*text], "").0);
    }
}

#[test]
fn fixtures_decoded_in_two_at_every_character() {
    for (fixture, text) in texts() {
        for position in (0..=text.len()).filter(|position| text.is_char_boundary(*position)) {
            let (start, rest) = text.split_at(position);
            fixture.expect(&format!("decoded, in two at {position}"), parse_decoded([start, rest], "").0);
        }
    }
}

#[test]
fn fixtures_decoded_in_parts_of_1_and_3_and_7() {
    for (fixture, text) in texts() {
        for characters in [1, 3, 7] {
            let parts = in_parts_of(characters, &text);
            assert_eq!(parts.concat(), text);
            fixture.expect(&format!("decoded, in parts of {characters}"), parse_decoded(parts, "").0);
        }
    }
}

/// One that is in the text stood behind another one in the bytes.
#[test]
fn byte_order_mark_of_a_text_stays() {
    for (_, text) in texts() {
        let marked = format!("\u{FEFF}{text}");
        let bytes = format!("\u{FEFF}{marked}");
        let expected = Oracle::read(bytes.as_bytes(), "").interpretation;
        assert_eq!(Oracle::read_decoded(&marked, "").interpretation, expected);
        assert_eq!(parse([bytes.as_bytes()], "").0, expected, "{marked:?} in bytes");
        for parts in [vec![&*marked], vec!["", &*marked], in_parts_of(1, &marked)] {
            assert_eq!(parse_decoded(parts, "").0, expected, "{marked:?}");
        }
    }
}
