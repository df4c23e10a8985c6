//! UTF-8 bytes -> text, and how long that is in JavaScript, which counts in UTF-16 units.

use alloc::string::String;
use core::str::from_utf8_unchecked;

#[cfg(all(feature = "std", not(target_arch = "wasm32")))]
use simdutf8::compat::from_utf8;
// It has nothing for WebAssembly without SIMD, and without std it can't look for what the processor has.
#[cfg(not(all(feature = "std", not(target_arch = "wasm32"))))]
use core::str::from_utf8;

use super::lines::Line;
use super::word::{BYTES, HIGH_BITS, Word};

/// Appends the text of a value, and gives its UTF-16 units.
pub(super) fn push_decoded(buffer: &mut String, value: Line<'_>) -> usize {
    if value.is_ascii {
        debug_assert!(value.bytes.is_ascii());
        // SAFETY: ASCII is UTF-8, and `Line::is_ascii` says that it is.
        buffer.push_str(unsafe { from_utf8_unchecked(value.bytes) });
        return value.bytes.len();
    }
    let start = buffer.len();
    push_lossy(buffer, value.bytes);
    utf16_units(&buffer[start..])
}

/// Each maximal faulty part becomes U+FFFD, as "UTF-8 decode" has it. A value begins and ends beside ASCII bytes, so decoding it by
/// itself gives what decoding the whole stream would give.
fn push_lossy(buffer: &mut String, mut bytes: &[u8]) {
    // One check of everything is several times faster than going by parts, and faulty streams are rare.
    loop {
        let error = match from_utf8(bytes) {
            Ok(text) => return buffer.push_str(text),
            Err(error) => error,
        };
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        push_lossy(buffer, valid);
        buffer.push(char::REPLACEMENT_CHARACTER);
        bytes = error.error_len().map_or(&[], |length| &rest[length..]);
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
