//! The reconnection time and how long to wait before the next attempt.
//!
//! Owns the arithmetic. Knows no clock and no randomness: the seed is given.
//!
//! Steps 2 and 3 of <https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection>

/// Until a `retry` field says otherwise, in milliseconds: "probably in the region of a few seconds".
pub const DEFAULT_RECONNECTION_TIME: u32 = 3_000;
/// A server that asks for less is not hammered, in milliseconds.
const SHORTEST_WAIT: u32 = 100;
/// The most that back-off and jitter add to the reconnection time, in milliseconds.
const MOST_ADDED: f64 = 60_000.0;
/// The longest time that `setTimeout` can wait; it fires at once when asked for more.
const LONGEST_WAIT: u32 = i32::MAX as u32;
/// The most of a wait that jitter adds, so that the clients of a server that fell do not come back all at once.
const JITTER: f64 = 0.2;

#[derive(Debug, Clone)]
pub struct Reconnection {
    /// "A reconnection time, in milliseconds."
    time: u32,
    /// How many attempts in a row brought no event.
    fruitless: u32,
    entropy: Entropy,
}

impl Reconnection {
    /// `seed` is what the jitter is drawn from; two sources with one seed wait equally long.
    pub fn new(time: u32, seed: u32) -> Self {
        Self { time, fruitless: 0, entropy: Entropy(seed) }
    }

    /// "Set the event stream's reconnection time to that integer", as far as a timer can wait.
    pub fn set_time(&mut self, milliseconds: u32) -> u32 {
        self.time = milliseconds.min(LONGEST_WAIT);
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
            return wait;
        }
        self.fruitless = self.fruitless.saturating_add(1);
        let doublings = self.fruitless.min(32) as i32;
        let backed_off = f64::from(wait) * 2f64.powi(doublings) * (1.0 + JITTER * self.entropy.next());
        let added = (backed_off - f64::from(wait)).min(MOST_ADDED);
        wait.saturating_add(added as u32).min(LONGEST_WAIT)
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
