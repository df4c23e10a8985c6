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

/// Reads one line that is not empty.
pub(super) fn field(line: &[u8]) -> Field<'_> {
    // What else there is has another name, or none: that is a comment.
    if let Some(value) = value_of(line, b"data") {
        Field::Data(value)
    } else if let Some(value) = value_of(line, b"event") {
        Field::Event(value)
    } else if let Some(value) = value_of(line, b"id") {
        // "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value."
        if value.contains(&0) { Field::Ignored } else { Field::Id(value) }
    } else if let Some(value) = value_of(line, b"retry") {
        digits(value).map_or(Field::Ignored, Field::Retry)
    } else {
        Field::Ignored
    }
}

/// "If the line contains a U+003A COLON character: collect the characters before the first one, and those after it; if value starts
/// with a U+0020 SPACE character, remove it from value. Otherwise: the whole line as the field name, and the empty string as the
/// field value." None where the name is another one.
fn value_of<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    match line.strip_prefix(name)? {
        [] => Some(&[]),
        [b':', b' ', value @ ..] | [b':', value @ ..] => Some(value),
        _ => None,
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
