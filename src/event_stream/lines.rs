//! Lines of a byte stream: CR, LF and CRLF in any mix, across any chunk boundary, and the byte order mark.
//!
//! Owns the bytes of a line that no chunk has ended yet. Knows nothing of fields.
//!
//! Lines are cut before UTF-8 is decoded, which is the same as after: the decoder of the Encoding Standard never
//! takes an ASCII byte into a faulty sequence, and CR, LF, colon and space are ASCII.

use alloc::vec::Vec;

use super::KEPT_CAPACITY;
use super::word::{BYTES, HIGH_BITS, Word, all, bytes_below};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A line, without its line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) bytes: &'a [u8],
    /// Every byte is ASCII: it is UTF-8 without a look, and as long as text as it is in bytes. Only what `measure` has seen says so.
    pub(super) is_ascii: bool,
}

impl<'a> Line<'a> {
    /// Some of its bytes.
    pub(super) fn part(&self, bytes: &'a [u8]) -> Self {
        Self { bytes, is_ascii: self.is_ascii }
    }
}

#[derive(Debug)]
pub(super) struct Lines {
    /// The unfinished last line of the chunks so far.
    unfinished: Vec<u8>,
    /// That line is all ASCII.
    is_ascii: bool,
    /// The last chunk ended with CR: an LF at the start of the next one belongs to that line end.
    after_cr: bool,
    /// No line has ended yet, so a byte order mark may still stand at the start.
    at_start: bool,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { unfinished: Vec::new(), is_ascii: true, after_cr: false, at_start: true }
    }

    /// What stands at the start is no byte order mark, whatever it looks like.
    pub(super) fn expect_no_byte_order_mark(&mut self) {
        self.at_start = false;
    }

    /// The bytes of the line that no chunk has ended yet.
    pub(super) fn unfinished(&self) -> usize {
        self.unfinished.len()
    }

    /// Calls `line` with each line that `chunk` ends. Bytes after the last line end are kept.
    pub(super) fn feed(&mut self, mut chunk: &[u8], mut line: impl FnMut(Line<'_>)) {
        if self.after_cr && !chunk.is_empty() {
            self.after_cr = false;
            chunk = chunk.strip_prefix(b"\n").unwrap_or(chunk);
        }
        loop {
            let (length, is_ascii) = measure(chunk);
            let (head, line_end) = chunk.split_at(length);
            chunk = match line_end {
                [b'\r', b'\n', rest @ ..] => rest,
                // A lone CR ends its line at once: an event is dispatched without waiting for what may follow.
                [b'\r'] => {
                    self.after_cr = true;
                    &[]
                }
                [_, rest @ ..] => rest,
                [] => {
                    self.unfinished.extend_from_slice(head);
                    self.is_ascii &= is_ascii;
                    return;
                }
            };
            self.end_line(Line { bytes: head, is_ascii }, &mut line);
        }
    }

    fn end_line(&mut self, tail: Line<'_>, line: &mut impl FnMut(Line<'_>)) {
        let mut whole = tail;
        if !self.unfinished.is_empty() {
            self.unfinished.extend_from_slice(tail.bytes);
            whole = Line { bytes: &self.unfinished, is_ascii: self.is_ascii && tail.is_ascii };
        }
        if self.at_start {
            // "The UTF-8 decode algorithm strips one leading UTF-8 Byte Order Mark": the first line has it whole.
            whole.bytes = whole.bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(whole.bytes);
            self.at_start = false;
        }
        line(whole);
        if !self.unfinished.is_empty() {
            self.unfinished.clear();
            self.unfinished.shrink_to(KEPT_CAPACITY);
            self.is_ascii = true;
        }
    }
}

/// CR and LF are less, and little else in a text is.
const LOW: u8 = 0x0E;

/// How many bytes come before the first CR or LF, or in all, and whether these are all ASCII.
fn measure(bytes: &[u8]) -> (usize, bool) {
    // Every event has a blank line.
    if let [b'\n' | b'\r', ..] = bytes {
        return (0, true);
    }
    let (words, last) = bytes.as_chunks();
    let mut seen = 0;
    let mut start = 0;
    // Not in a line that ends with its first word.
    if words.first().is_some_and(|first| bytes_below(Word::from_le_bytes(*first), LOW) == 0) {
        // One look at four words: half as fast again, where the line is long.
        for four in words.as_chunks::<4>().0 {
            let four = four.map(Word::from_le_bytes);
            if four.iter().fold(0, |low, word| low | bytes_below(*word, LOW)) != 0 {
                break;
            }
            seen |= four[0] | four[1] | four[2] | four[3];
            start += 4;
        }
    }
    for (index, word) in words.iter().enumerate().skip(start) {
        let word = Word::from_le_bytes(*word);
        if bytes_below(word, LOW) != 0 {
            let ends = bytes_below(word ^ all(b'\n'), 1) | bytes_below(word ^ all(b'\r'), 1);
            if ends != 0 {
                let bits = ends.trailing_zeros() & !7;
                seen |= word & ((1 << bits) - 1);
                return (index * BYTES + bits as usize / 8, seen & HIGH_BITS == 0);
            }
        }
        seen |= word;
    }
    let length = last.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(last.len());
    (words.len() * BYTES + length, seen & HIGH_BITS == 0 && last[..length].is_ascii())
}
