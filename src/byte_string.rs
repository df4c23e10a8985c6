//! Text as a header's value has it.

/// The UTF-8 bytes, as a header value has them: each is written as the character of that number. No event ID has one that
/// a header refuses.
pub(crate) fn byte_string(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
