//! Where a [`Connection`](super::Connection) stands.

use alloc::boxed::Box;

use crate::event_stream::Parser;
#[cfg(feature = "options")]
use crate::policy::Reason;

#[derive(Debug)]
pub(super) enum State {
    /// A request is under way.
    Connecting {
        id: IdHeader,
        suspicion: Suspicion,
    },
    /// The request was refused: was that CORS?
    Probing,
    Open {
        parser: Box<Parser>,
        dispatched: bool,
    },
    /// For the next attempt, which starts without suspicion.
    Waiting,
    /// For the caller's decision on what is lost.
    #[cfg(feature = "options")]
    Asking(Lost),
    /// Until it is resumed.
    #[cfg(feature = "options")]
    Paused,
    Closed,
}

/// An attempt that is over.
#[cfg(feature = "options")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Lost {
    pub(super) reason: Reason,
    /// It is tried again, if the caller has no other opinion.
    pub(super) retries: bool,
    pub(super) dispatched: bool,
    /// The page knows it as open.
    pub(super) announced: bool,
    /// The wait is at least so long, in milliseconds.
    pub(super) retry_after: u32,
}

/// What the request under way says of the last event ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IdHeader {
    /// There is none.
    None,
    Sent,
    /// Left out, since the same request was refused with it.
    Withheld,
}

/// Whether CORS is the reason for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspicion {
    None,
    /// The last request was refused, though the server answers.
    Cors,
}
