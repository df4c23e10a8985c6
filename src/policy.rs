//! What a caller's options make of what the Standard leaves open or forbids: whether to try again, what to bear, where to begin.
//!
//! Owns the options that the machine decides by. Knows nothing of how they are written down.

use alloc::vec::Vec;

/// With the options of the Standard alone it is [`Policy::STANDARD`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Whether a connection that is lost is made again.
    pub retries: bool,
    /// The HTTP statuses after which it is tried again, too.
    pub statuses: Vec<u16>,
    /// Whether the caller is asked before each decision on that.
    pub asks: bool,
    /// Each attempt begins at the constructor's URL, not at that of the last accepted response: what the caller sends
    /// along is for that one.
    pub starts_over: bool,
    /// Requests may be sent only to find out why one was refused.
    pub probes: bool,
    /// After so many milliseconds without a byte the connection is renewed; 0: never.
    pub heartbeat_timeout: u32,
    /// An unfinished event of more bytes fails the connection.
    pub max_event_size: usize,
    /// An `id` field of more bytes is ignored: each request would carry it.
    pub max_id_size: usize,
}

impl Policy {
    /// What the Standard says.
    pub const STANDARD: Self = Self {
        retries: true,
        statuses: Vec::new(),
        asks: false,
        starts_over: false,
        probes: true,
        heartbeat_timeout: 0,
        max_event_size: usize::MAX,
        max_id_size: usize::MAX,
    };
}

/// Why a connection is lost, or not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Fetch has no response, or the body broke off.
    Network,
    /// The status is not 200.
    HttpStatus,
    /// The response is no `text/event-stream`.
    ContentType,
    /// The server answers, and CORS refuses the answer.
    Cors,
    /// The page's Content Security Policy.
    Policy,
    /// No byte came for the time of [`Policy::heartbeat_timeout`].
    Timeout,
    /// An unfinished event is larger than [`Policy::max_event_size`].
    TooLarge,
    /// By the browser, or by the page that asked for another connection.
    Aborted,
    /// The body ended.
    StreamEnded,
}

/// What is told of a lost connection: nothing, where there are no options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// What happened.
    #[cfg(feature = "options")]
    pub reason: Reason,
    /// Milliseconds until the next attempt; `None` when there is none, or when nobody knows yet.
    #[cfg(feature = "options")]
    pub retry_in: Option<u32>,
}

impl Loss {
    #[cfg_attr(not(feature = "options"), expect(unused_variables, reason = "told only with options"))]
    pub(crate) fn new(reason: Reason, retry_in: Option<u32>) -> Self {
        Self {
            #[cfg(feature = "options")]
            reason,
            #[cfg(feature = "options")]
            retry_in,
        }
    }
}
