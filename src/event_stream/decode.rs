//! UTF-8 bytes -> text, and how long that is in JavaScript, which counts in UTF-16 units.

use alloc::string::String;

#[cfg(all(feature = "std", not(target_arch = "wasm32")))]
use simdutf8::compat::from_utf8;
// It has nothing for WebAssembly without SIMD, and without std it can't look for what the processor has.
#[cfg(not(all(feature = "std", not(target_arch = "wasm32"))))]
use core::str::from_utf8;

/// Appends the text of some bytes: each maximal faulty part becomes U+FFFD, as "UTF-8 decode" has it. A value begins and ends
/// beside ASCII bytes, so decoding it by itself gives what decoding the whole stream would give.
pub(super) fn push_decoded(buffer: &mut String, mut value: &[u8]) {
    // One check of everything is several times faster than going by parts, and faulty streams are rare.
    loop {
        let error = match from_utf8(value) {
            Ok(text) => return buffer.push_str(text),
            Err(error) => error,
        };
        let (valid, rest) = value.split_at(error.valid_up_to());
        push_decoded(buffer, valid);
        buffer.push(char::REPLACEMENT_CHARACTER);
        value = error.error_len().map_or(&[], |length| &rest[length..]);
    }
}

/// The UTF-16 units of a text: each byte that starts a character brings one, and where the character has four bytes, two.
pub(super) fn utf16_units(text: &str) -> usize {
    // As many as a sum of bytes can count.
    text.as_bytes().chunks(127).map(|bytes| usize::from(bytes.iter().map(units_of_byte).sum::<u8>())).sum()
}

fn units_of_byte(byte: &u8) -> u8 {
    u8::from(byte & 0xC0 != 0x80) + u8::from(*byte >= 0xF0)
}
