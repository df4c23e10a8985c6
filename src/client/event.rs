//! What an event source tells.

use core::error::Error;
use core::fmt;
use core::time::Duration;

use crate::{Message, Reason};

/// `readyState`: <https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource-readystate>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadyState {
    /// A request is under way, or waited for.
    Connecting = 0,
    /// Events may come.
    Open = 1,
    /// Closed by the app, or failed.
    Closed = 2,
}

/// What happens while the source is not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// `open`: "announce the connection".
    Open {
        /// The response's, after redirects.
        url: String,
    },
    /// A message of the stream, of whatever type.
    Message(Message<'static>),
    /// `error` with `readyState` CONNECTING: the connection is lost, and made again.
    Error {
        /// What happened.
        reason: Reason,
        /// After so long.
        retry_in: Option<Duration>,
    },
}

/// `error` with `readyState` CLOSED: "fail the connection". There is no other attempt.
///
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub reason: Reason,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.reason {
            Reason::Network => "the server can't be reached",
            Reason::HttpStatus => "the response's status is not 200",
            Reason::ContentType => "the response's type is not text/event-stream",
            Reason::Cors => "CORS refuses the response",
            Reason::Policy => "a Content Security Policy forbids the request",
            Reason::Timeout => "no byte came for too long",
            Reason::TooLarge => "an event is too large",
            Reason::Aborted => "the request was aborted",
            Reason::StreamEnded => "the stream ended",
        })
    }
}

impl Error for Failure {}
