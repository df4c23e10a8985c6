//! Which bytes are UTF-8: <https://www.unicode.org/versions/latest/core-spec/chapter-3/#G27506>, table 3-7.

/// What comes before the first faulty byte, and its UTF-16 units.
#[cfg(all(feature = "std", not(target_arch = "wasm32")))]
pub(super) fn valid(bytes: &[u8]) -> (&str, usize) {
    let length = simdutf8::compat::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    // SAFETY: so much is UTF-8.
    let text = unsafe { core::str::from_utf8_unchecked(&bytes[..length]) };
    (text, super::decode::utf16_units(text))
}

/// The same where simdutf8 is not to be had: it has nothing for WebAssembly without SIMD, and without std it can't look for what the
/// processor has.
#[cfg(not(all(feature = "std", not(target_arch = "wasm32"))))]
// By itself it is a tenth faster.
#[inline(never)]
pub(super) fn valid(bytes: &[u8]) -> (&str, usize) {
    use super::word::{BYTES, HIGH_BITS, Word};

    let mut rest = bytes;
    let mut units = 0;
    while let Some((length, brought)) = start(rest) {
        units += brought;
        rest = &rest[length..];
        // ASCII, which seldom comes alone.
        if brought == 4 {
            let ascii =
                rest.as_chunks::<BYTES>().0.iter().take_while(|word| Word::from_le_bytes(**word) & HIGH_BITS == 0);
            let length = ascii.count() * BYTES;
            units += length;
            rest = &rest[length..];
        }
    }
    // SAFETY: what `start` has not looked at is ASCII.
    (unsafe { core::str::from_utf8_unchecked(&bytes[..bytes.len() - rest.len()]) }, units)
}

/// How many bytes stand for one U+FFFD, where the first one is faulty: as many as a character may start with.
pub(super) fn faulty(bytes: &[u8]) -> usize {
    debug_assert!(start(bytes).is_none());
    let goes_on = |bytes: [u8; 4], length| start(&bytes).is_some_and(|(found, _)| found >= length);
    match *bytes {
        [first, second, third, ..] if goes_on([first, second, third, 0x80], 4) => 3,
        [first, second, ..] if goes_on([first, second, 0x80, 0x80], 3) => 2,
        _ => 1,
    }
}

/// How many bytes the first character has, or the first ones, and how many UTF-16 units. None where it is faulty, or there is none.
fn start(bytes: &[u8]) -> Option<(usize, usize)> {
    let four = u32::from_le_bytes(bytes.first_chunk().copied().unwrap_or_else(|| {
        // What is missing is no character, and goes on with none.
        let mut last = [0xFF; 4];
        last[..bytes.len()].copy_from_slice(bytes);
        last
    }));
    // Neither what fits in two bytes nor a surrogate.
    if four & 0x00C0_C0F0 == 0x0080_80E0 && !matches!(four & 0x200F, 0 | 0x200D) {
        Some((3, 1))
    } else if four & 0x8080_8080 == 0 {
        Some((4, 4))
    } else if four & 0xC0E0_C0E0 == 0x80C0_80C0 && four & 0x1E != 0 && four & 0x1E_0000 != 0 {
        Some((4, 2))
    } else if four & 0x80 == 0 {
        Some((1, 1))
    } else if four & 0xC0E0 == 0x80C0 && four & 0x1E != 0 {
        Some((2, 1))
    // Planes 1 to 16.
    } else if four & 0xC0C0_C0F8 == 0x8080_80F0 && matches!((four & 7) << 2 | (four >> 12 & 3), 1..=16) {
        Some((4, 2))
    } else {
        None
    }
}
