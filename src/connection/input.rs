//! What a [`Connection`](super::Connection) is told.

use crate::response::Response;

/// Which request (with its timers) an input belongs to. What comes for an attempt that is over touches nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt(pub(crate) u32);

/// What has happened.
#[expect(missing_docs, reason = "each variant's text says what its fields are")]
#[derive(Debug)]
pub enum Input<'a> {
    /// The response's headers are there.
    Response(Response),
    /// There is no response: a network error, or one of the browser's refusals.
    Refused(Refusal),
    /// The probe got an answer, or none.
    Probed { answered: bool },
    /// Bytes of the body.
    Chunk(&'a [u8]),
    /// Text of the body, from a transport that decodes it itself.
    Text(&'a str),
    /// The transport keeps all text of the response, which is so many UTF-16 units by now, and its body goes on.
    Held(usize),
    /// The body has ended, or has broken off where nobody tells the difference.
    End,
    /// The body has broken off.
    Broken,
    /// The wait is over.
    WaitOver,
    /// The time of a `Watch` is over.
    WatchOver,
    /// What the caller says to an `Ask`; `None` for nothing.
    Decided { retries: Option<bool> },
    /// The events of an `AwaitDelivery` are dispatched.
    Delivered,
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Fetch does not tell: an unreachable server, or CORS.
    Unknown,
    /// The page's Content Security Policy forbids the request.
    Policy,
    /// The browser was told to stop loading the page.
    Stopped,
}
