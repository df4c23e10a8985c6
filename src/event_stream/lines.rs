//! Lines of a byte stream: CR, LF and CRLF in any mix, across any chunk boundary, and the byte order mark.
//!
//! Owns the bytes of a line that no chunk has ended yet. Knows nothing of fields.
//!
//! Lines are cut before UTF-8 is decoded, which is the same as after: the decoder of the Encoding Standard never
//! takes an ASCII byte into a faulty sequence, and CR, LF, colon and space are ASCII.

use memchr::memchr2;

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A buffer that grew past this many bytes is given back after its line, not kept for the next one.
const KEPT_CAPACITY: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Lines {
    /// The unfinished last line of the chunks so far.
    unfinished: Vec<u8>,
    /// The last chunk ended with CR: an LF at the start of the next one belongs to that line end.
    after_cr: bool,
    /// No line has ended yet, so a byte order mark may still stand at the start.
    at_start: bool,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { unfinished: Vec::new(), after_cr: false, at_start: true }
    }

    /// What stands at the start is no byte order mark, whatever it looks like.
    pub(super) fn expect_no_byte_order_mark(&mut self) {
        self.at_start = false;
    }

    /// Calls `line` with each line that `chunk` ends, without its line end. Bytes after the last line end are kept.
    pub(super) fn feed(&mut self, mut chunk: &[u8], mut line: impl FnMut(&[u8])) {
        if self.after_cr && !chunk.is_empty() {
            self.after_cr = false;
            chunk = chunk.strip_prefix(b"\n").unwrap_or(chunk);
        }
        while let Some(end) = memchr2(b'\n', b'\r', chunk) {
            let (head, line_end) = chunk.split_at(end);
            self.end_line(head, &mut line);
            chunk = match line_end {
                [b'\r', b'\n', rest @ ..] => rest,
                // A lone CR ends its line at once: an event is dispatched without waiting for what may follow.
                [b'\r'] => {
                    self.after_cr = true;
                    &[]
                }
                [_, rest @ ..] => rest,
                [] => &[],
            };
        }
        self.unfinished.extend_from_slice(chunk);
    }

    fn end_line(&mut self, tail: &[u8], line: &mut impl FnMut(&[u8])) {
        if self.unfinished.is_empty() {
            line(self.without_byte_order_mark(tail));
        } else {
            self.unfinished.extend_from_slice(tail);
            line(self.without_byte_order_mark(&self.unfinished));
            self.unfinished.clear();
            self.unfinished.shrink_to(KEPT_CAPACITY);
        }
        self.at_start = false;
    }

    /// "The UTF-8 decode algorithm strips one leading UTF-8 Byte Order Mark": the first line has it whole.
    fn without_byte_order_mark<'a>(&self, line: &'a [u8]) -> &'a [u8] {
        if self.at_start { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line }
    }
}
