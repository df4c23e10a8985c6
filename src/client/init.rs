//! What an event source is made of.

use core::error::Error;
use core::fmt;

use crate::{Pacing, Policy};

/// `EventSourceInit`, and what goes beyond it. The default is the Standard's.
#[derive(Debug, Clone, PartialEq)]
pub struct EventSourceInit {
    /// Whether cookies go to other origins, too.
    pub with_credentials: bool,
    /// Where to begin: sent as `Last-Event-ID` if it is not empty.
    pub last_event_id: String,
    /// When to try again, and what to bear. (There is nobody to ask, whatever [`Policy::asks`] says.)
    pub policy: Policy,
    /// How long to wait before that.
    pub pacing: Pacing,
}

impl Default for EventSourceInit {
    fn default() -> Self {
        Self {
            with_credentials: false,
            last_event_id: String::new(),
            policy: Policy::STANDARD,
            pacing: Pacing::STANDARD,
        }
    }
}

/// The Standard's `SyntaxError`: this is no URL, or a relative one where there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidUrl {
    /// As it was given.
    pub url: String,
}

impl fmt::Display for InvalidUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is not a valid URL", self.url)
    }
}

impl Error for InvalidUrl {}
