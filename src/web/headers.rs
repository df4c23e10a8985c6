//! The headers of a request, whatever the transport.

use crate::Request;

/// Names and values. None can be refused: the names are right, and an event ID has no NULL, CR or LF.
pub(super) fn headers(request: &Request) -> impl Iterator<Item = (&'static str, String)> {
    let accept = ("Accept", "text/event-stream".to_owned());
    let last_event_id = request.last_event_id.as_deref().map(|id| ("Last-Event-ID", byte_string(id)));
    [Some(accept), last_event_id].into_iter().flatten()
}

/// The UTF-8 bytes, as a header value has them: each is written as the character of that number.
fn byte_string(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
