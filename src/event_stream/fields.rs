//! A line -> its field. Knows nothing of events.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

use super::LONGEST_TIME;

/// What a line asks for. Values are raw bytes: whoever keeps one decodes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Field<'a> {
    Data(&'a [u8]),
    Event(&'a [u8]),
    Id(&'a [u8]),
    /// Milliseconds, at most [`LONGEST_TIME`].
    Retry(u32),
    /// A comment, an unknown name, or a value that the Standard says to ignore.
    Ignored,
}

/// Of the names that mean something, `event` and `retry`, in bytes.
const LONGEST_NAME: usize = 5;

/// Reads one line that is not empty.
pub(super) fn field(line: &[u8]) -> Field<'_> {
    // "If the line contains a U+003A COLON character: collect the characters before the first one, and those after it;
    // if value starts with a U+0020 SPACE character, remove it from value. Otherwise: the whole line as the field name,
    // and the empty string as the field value." A comment is a line whose name is empty, and no field has that name.
    let (name, value) = match line.iter().take(LONGEST_NAME + 1).position(|byte| *byte == b':') {
        Some(colon) => {
            let value = &line[colon + 1..];
            (&line[..colon], value.strip_prefix(b" ").unwrap_or(value))
        }
        None => (line, &[][..]),
    };
    match name {
        b"data" => Field::Data(value),
        b"event" => Field::Event(value),
        // "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value."
        b"id" if !value.contains(&0) => Field::Id(value),
        b"retry" => digits(value).map_or(Field::Ignored, Field::Retry),
        _ => Field::Ignored,
    }
}

/// "If the field value consists of only ASCII digits, then interpret the field value as an integer in base ten".
fn digits(value: &[u8]) -> Option<u32> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(value.iter().fold(0, |number, digit| {
        if number > LONGEST_TIME / 10 { LONGEST_TIME } else { LONGEST_TIME.min(number * 10 + u32::from(digit - b'0')) }
    }))
}
