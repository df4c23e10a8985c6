//! The reconnection time and how long to wait before the next attempt.
//!
//! Owns the arithmetic. Knows no clock and no randomness: the seed is given.
//!
//! Steps 2 and 3 of <https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection>

use crate::event_stream::LONGEST_TIME;

/// Until a `retry` field says otherwise, in milliseconds: "probably in the region of a few seconds".
pub const DEFAULT_RECONNECTION_TIME: u32 = 3_000;
/// A server that asks for less is not hammered, in milliseconds.
const SHORTEST_WAIT: u32 = 100;
/// The most that back-off and jitter add to the reconnection time, in milliseconds.
const MOST_ADDED: f64 = 60_000.0;

/// How waits grow.
#[derive(Debug, Clone, PartialEq)]
pub struct Pacing {
    /// What a wait is multiplied by for each attempt in a row without an event.
    pub factor: f64,
    /// The most of a wait that is added at random, so that the clients of a server that fell do not come back all at once.
    pub jitter: f64,
    /// The longest wait, in milliseconds.
    pub max: Option<u32>,
    /// After so many attempts in a row without an event there is no other.
    pub attempts: u32,
}

impl Pacing {
    /// Twice as long each time, a fifth more at random, and without an end.
    pub const STANDARD: Self = Self { factor: 2.0, jitter: 0.2, max: None, attempts: u32::MAX };
}

/// That of the cores without options.
#[cfg(not(feature = "options"))]
static STANDARD: Pacing = Pacing::STANDARD;

/// The reconnection time of a source, and what its attempts so far make of the next wait.
#[derive(Debug, Clone)]
pub struct Reconnection {
    /// "A reconnection time, in milliseconds."
    time: u32,
    /// How many attempts in a row brought no event.
    fruitless: u32,
    entropy: Entropy,
    #[cfg(feature = "options")]
    pacing: Pacing,
}

impl Reconnection {
    /// `seed` is what the jitter is drawn from; two sources with one seed wait equally long.
    pub fn new(time: u32, seed: u32) -> Self {
        Self::paced(time, seed, Pacing::STANDARD)
    }

    /// The same with a pacing of the caller's.
    #[cfg_attr(not(feature = "options"), expect(unused_variables, reason = "it is the Standard's"))]
    pub fn paced(time: u32, seed: u32, pacing: Pacing) -> Self {
        Self {
            time,
            fruitless: 0,
            entropy: Entropy(seed),
            #[cfg(feature = "options")]
            pacing,
        }
    }

    fn pacing(&self) -> &Pacing {
        #[cfg(feature = "options")]
        return &self.pacing;
        #[cfg(not(feature = "options"))]
        return &STANDARD;
    }

    /// Whether an attempt that ends so makes more in a row without an event than may be.
    pub fn is_exhausted_by(&self, dispatched_an_event: bool) -> bool {
        !dispatched_an_event && self.fruitless >= self.pacing().attempts
    }

    /// "Set the event stream's reconnection time to that integer", as far as a timer can wait.
    pub fn set_time(&mut self, milliseconds: u32) -> u32 {
        self.time = milliseconds.min(LONGEST_TIME);
        self.time
    }

    /// An attempt has ended: how many milliseconds to wait before the next.
    ///
    /// "Wait a delay equal to the reconnection time of the event source. Optionally, wait some more. In particular, if
    /// the previous attempt failed, then user agents might introduce an exponential backoff delay".
    pub fn wait_after(&mut self, dispatched_an_event: bool) -> u32 {
        let wait = self.time.max(SHORTEST_WAIT);
        if dispatched_an_event {
            self.fruitless = 0;
            return self.bounded(wait);
        }
        self.fruitless = self.fruitless.saturating_add(1);
        let steps = self.fruitless.min(32);
        let random = self.entropy.next();
        let Pacing { factor, jitter, max, .. } = self.pacing();
        let backed_off = (0..steps).fold(f64::from(wait), |grown, _| grown * factor) * (1.0 + jitter * random);
        let added = (backed_off - f64::from(wait)).min(if max.is_some() { f64::MAX } else { MOST_ADDED });
        self.bounded(wait.saturating_add(added as u32))
    }

    fn bounded(&self, wait: u32) -> u32 {
        wait.min(self.pacing().max.unwrap_or(LONGEST_TIME).clamp(SHORTEST_WAIT, LONGEST_TIME))
    }
}

/// A stream of numbers that looks random: a Weyl sequence through a mixing function (splitmix32).
#[derive(Debug, Clone)]
struct Entropy(u32);

impl Entropy {
    /// The next number, at least 0 and less than 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x21F0_AAAD);
        mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x735A_2D97);
        f64::from(mixed ^ (mixed >> 15)) / (f64::from(u32::MAX) + 1.0)
    }
}
