//! Several bytes in one number. Without SIMD, WebAssembly has no other way to look at them together.

/// As many as fit: JavaScript has no integers of 64 bits.
#[cfg(not(feature = "narrow"))]
pub(super) type Word = u64;
#[cfg(feature = "narrow")]
pub(super) type Word = u32;

pub(super) const BYTES: usize = size_of::<Word>();
/// A word whose bytes are 1, of which each multiple is a word of the same bytes.
const ONES: Word = Word::MAX / 0xFF;
pub(super) const HIGH_BITS: Word = 0x80 * ONES;

/// A word of this byte.
pub(super) fn all(byte: u8) -> Word {
    ONES * Word::from(byte)
}

/// The high bits of the bytes that are less than `least`, which is at most 0x80. Only the lowest one is certain: behind it, a
/// borrow can make others.
pub(super) fn bytes_below(word: Word, least: u8) -> Word {
    word.wrapping_sub(all(least)) & !word & HIGH_BITS
}
