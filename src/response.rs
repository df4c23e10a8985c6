//! The verdict on a response: does it announce the connection, or fail it?
//!
//! Owns what counts as an event stream's response. Knows nothing of what happens next.
//!
//! Step 14 of <https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource>

use alloc::string::String;

/// What the drivers tell of a response once its headers are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// The value of `Content-Type`; several headers are joined by commas.
    pub content_type: Option<String>,
    /// The response's URL, after redirects; empty where it is not told.
    pub url: String,
    /// The milliseconds that `Retry-After` asks for.
    #[cfg(feature = "options")]
    pub retry_after: Option<u32>,
}

impl Response {
    /// "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection."
    pub fn is_event_stream(&self) -> bool {
        self.status == 200
            && self.content_type.as_deref().and_then(mime_type).is_some_and(|(kind, subtype)| {
                kind.eq_ignore_ascii_case(b"text") && subtype.eq_ignore_ascii_case(b"event-stream")
            })
    }
}

/// Type and subtype.
type MimeType<'a> = (&'a [u8], &'a [u8]);

/// "Extract a MIME type", but for its parameters: of several types the last that can be parsed counts.
/// <https://fetch.spec.whatwg.org/#concept-header-extract-mime-type>
fn mime_type(content_type: &str) -> Option<MimeType<'_>> {
    split_outside_quotes(content_type.as_bytes())
        .filter_map(parse_mime_type)
        .filter(|(kind, subtype)| (*kind, *subtype) != (b"*", b"*"))
        .last()
}

/// "Parse a MIME type", but for its parameters. <https://mimesniff.spec.whatwg.org/#parse-a-mime-type>
fn parse_mime_type(input: &[u8]) -> Option<MimeType<'_>> {
    let without_parameters = input.split(|byte| *byte == b';').next()?;
    let mut parts = trim_http_whitespace(without_parameters).splitn(2, |byte| *byte == b'/');
    let (kind, subtype) = (parts.next()?, parts.next()?);
    (is_token(kind) && is_token(subtype)).then_some((kind, subtype))
}

fn trim_http_whitespace(mut text: &[u8]) -> &[u8] {
    while let [b'\n' | b'\r' | b'\t' | b' ', rest @ ..] | [rest @ .., b'\n' | b'\r' | b'\t' | b' '] = text {
        text = rest;
    }
    text
}

/// "HTTP token code points": <https://mimesniff.spec.whatwg.org/#http-token-code-point>
fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte))
}

/// "Get, decode, and split": the parts between commas that stand in no quoted string.
fn split_outside_quotes(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut quoted = false;
    let mut escaped = false;
    value.split(move |byte| {
        if escaped {
            escaped = false;
            return false;
        }
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => escaped = true,
            b',' => return !quoted,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(status: u16, content_type: &str) -> bool {
        Response { status, content_type: Some(content_type.into()), ..Response::default() }.is_event_stream()
    }

    #[test]
    fn response_status_other_than_200_fails() {
        assert!(accepted(200, "text/event-stream"));
        for status in [0, 199, 201, 204, 205, 206, 304, 404, 500, 599] {
            assert!(!accepted(status, "text/event-stream"), "{status}");
        }
    }

    #[test]
    fn response_content_type_is_compared_as_a_mime_type() {
        for good in [
            "text/event-stream",
            "TEXT/Event-Stream",
            " text/event-stream ",
            "text/event-stream;charset=windows-1252",
            "text/event-stream ; x=\"a,b\"",
            "text/html, text/event-stream",
            "text/event-stream, ",
            "text/event-stream, */*",
            "text/event-stream;x=\",text/html\"",
            "text/event-stream;x=\"\\\",text/html\"",
        ] {
            assert!(accepted(200, good), "{good}");
        }
        for bad in [
            "",
            "text",
            "text/",
            "/event-stream",
            "text/event-streamx",
            "text/event-stream x",
            "text/event-stream, text/html",
            "text/html",
            "x text/event-stream",
            "text /event-stream",
            "text/html;x=\",\", text/plain",
        ] {
            assert!(!accepted(200, bad), "{bad}");
        }
    }

    #[test]
    fn response_without_content_type_fails() {
        assert!(!Response { status: 200, ..Response::default() }.is_event_stream());
    }
}
