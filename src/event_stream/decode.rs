//! UTF-8 bytes -> text, and how long that is in JavaScript, which counts in UTF-16 units.

use alloc::string::String;
use core::str::from_utf8_unchecked;

use super::lines::Line;
use super::utf8::{faulty, valid};
use super::word::{BYTES, HIGH_BITS, Word};

/// Appends the text of a value, and gives its UTF-16 units.
pub(super) fn push_decoded(buffer: &mut String, value: Line<'_>) -> usize {
    if value.is_ascii {
        debug_assert!(value.bytes.is_ascii());
        // SAFETY: ASCII is UTF-8, and `Line::is_ascii` says that it is.
        buffer.push_str(unsafe { from_utf8_unchecked(value.bytes) });
        return value.bytes.len();
    }
    push_utf8(buffer, value.bytes)
}

/// Each maximal faulty part becomes U+FFFD, as "UTF-8 decode" has it. A value begins and ends beside ASCII bytes, so decoding it by
/// itself gives what decoding the whole stream would give. Gives the UTF-16 units.
// Inside of its caller it would make ASCII slower.
#[inline(never)]
fn push_utf8(buffer: &mut String, mut bytes: &[u8]) -> usize {
    let mut units = 0;
    loop {
        let (text, brought) = valid(bytes);
        buffer.push_str(text);
        units += brought;
        bytes = &bytes[text.len()..];
        if bytes.is_empty() {
            return units;
        }
        buffer.push(char::REPLACEMENT_CHARACTER);
        units += 1;
        bytes = &bytes[faulty(bytes)..];
    }
}

/// The UTF-16 units of a text: each byte that starts a character brings one, and where the character has four bytes, two.
pub(super) fn utf16_units(text: &str) -> usize {
    let (words, last) = text.as_bytes().as_chunks();
    // What is missing of the last word starts no character.
    let mut rest = [0x80; BYTES];
    rest[..last.len()].copy_from_slice(last);
    words.iter().fold(units_of_word(rest), |units, word| units + units_of_word(*word))
}

fn units_of_word(bytes: [u8; BYTES]) -> usize {
    let word = Word::from_le_bytes(bytes);
    let starting = (!word | (word << 1)) & HIGH_BITS;
    let long = word & (word << 1) & (word << 2) & (word << 3) & HIGH_BITS;
    (starting | (long >> 1)).count_ones() as usize
}
