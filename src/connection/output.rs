//! What a [`Connection`](super::Connection) has done.

use alloc::string::String;

use super::Attempt;
use crate::event_stream::Batch;
use crate::policy::{Loss, Reason};

/// What is to be done, in this order.
#[expect(missing_docs, reason = "each variant's text says what its fields are")]
#[derive(Debug)]
pub enum Output {
    /// Send the request, in place of one that is under way, and give the inputs `Response`, `Chunk` (or `Text` and `Held`)
    /// and `End`, or `Refused`.
    Request(Request),
    /// Ask the URL by `HEAD`, `no-cors` and with the same credentials, and give `Probed`.
    Probe { attempt: Attempt, url: String },
    /// Give `WaitOver` after so many milliseconds.
    Wait { attempt: Attempt, milliseconds: u32 },
    /// Give `WatchOver` after so many milliseconds, whatever else goes on.
    Watch { attempt: Attempt, milliseconds: u32 },
    /// Ask the caller whether to try again, which is so if nothing is said when it `retries`, and give `Decided`.
    Ask { attempt: Attempt, reason: Reason, retries: bool },
    /// Give up what the last `Request`, `Probe` or `Wait` began, if it has not ended by itself.
    Abort,
    /// Set `readyState` to OPEN and fire `open`. The URL is the response's.
    Open { url: String },
    /// Set the last event ID and dispatch the events.
    Dispatch(Batch),
    /// Give `Delivered` once the events of the last `Dispatch` are dispatched, and before anything else.
    AwaitDelivery { attempt: Attempt },
    /// The reconnection time is now this, in milliseconds.
    ReconnectionTime(u32),
    /// Set `readyState` to CONNECTING or, when failed, to CLOSED, and fire `error`.
    Error { failed: bool, loss: Loss },
    /// Warn once that this server's CORS refuses `Last-Event-ID`.
    WarnIdRefused,
}

/// A request for the stream: a `GET` with `Accept: text/event-stream`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Comes back with its inputs.
    pub attempt: Attempt,
    /// Absolute.
    pub url: String,
    /// Each header that the browser does not send by itself would bring a CORS preflight.
    pub cross_origin: bool,
    /// The value for `Last-Event-ID`, whose UTF-8 bytes are sent; never empty.
    pub last_event_id: Option<String>,
}
