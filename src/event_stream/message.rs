//! A batch as events for Rust, cut from its text without a copy.

use alloc::borrow::Cow;
use core::slice::ChunksExact;

use super::batch::{NO_EVENT, RECORD, SAME};

/// What the Standard's `MessageEvent` has of the stream, borrowed from the chunk's batch.
///
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// Its `type`: the `event` field, or `message`. Never empty.
    pub event_type: Cow<'a, str>,
    /// Its `data`: the `data` fields, joined by line feeds.
    pub data: Cow<'a, str>,
    /// Its `lastEventId`: the last `id` field of the stream so far; empty where there was none.
    pub last_event_id: Cow<'a, str>,
}

impl Message<'_> {
    /// The same with text of its own, to be kept.
    pub fn into_owned(self) -> Message<'static> {
        Message {
            event_type: self.event_type.into_owned().into(),
            data: self.data.into_owned().into(),
            last_event_id: self.last_event_id.into_owned().into(),
        }
    }

    /// The data, read as JSON. (Feature `json`.)
    ///
    /// ```
    /// # #[cfg(feature = "json")] {
    /// let mut decoder = eventsource_wasm::Decoder::new();
    /// let message = decoder.feed(b"data: [1, 2]\n\n").next().unwrap();
    /// assert_eq!(message.json::<Vec<u8>>().unwrap(), [1, 2]);
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the data is no JSON, or not that of a `T`.
    #[cfg(feature = "json")]
    pub fn json<'de, T: serde::Deserialize<'de>>(&'de self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.data)
    }
}

/// The events of a batch, in the order of the stream: see [`Decoder::feed`](super::Decoder::feed).
#[derive(Debug, Clone)]
pub struct Messages<'a> {
    /// What has not been cut yet.
    text: &'a str,
    records: ChunksExact<'a, usize>,
    event_type: &'a str,
    last_event_id: &'a str,
}

impl<'a> Messages<'a> {
    pub(super) fn new(text: &'a str, lengths: &'a [usize], last_event_id: &'a str) -> Self {
        Self { text, records: lengths.chunks_exact(RECORD), event_type: "message", last_event_id }
    }

    /// What the last event ID is after the events that were read, and at the end after all that the chunk brought.
    pub fn last_event_id(&self) -> &'a str {
        self.last_event_id
    }

    fn cut(&mut self, units: usize) -> &'a str {
        let (cut, rest) = self.text.split_at(bytes_of(self.text, units));
        self.text = rest;
        cut
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Message<'a>;

    fn next(&mut self) -> Option<Message<'a>> {
        loop {
            let &[data, event_type, id] = self.records.next()? else { return None };
            let data = (data != NO_EVENT).then(|| self.cut(data));
            match event_type {
                SAME => {}
                0 => self.event_type = "message",
                units => self.event_type = self.cut(units),
            }
            if id != SAME {
                self.last_event_id = self.cut(id);
            }
            if let Some(data) = data {
                return Some(Message {
                    event_type: self.event_type.into(),
                    data: data.into(),
                    last_event_id: self.last_event_id.into(),
                });
            }
        }
    }
}

/// The bytes of the start of a text that has so many UTF-16 units.
fn bytes_of(text: &str, units: usize) -> usize {
    // Most text is ASCII, and looking for that is much faster than counting.
    if text.as_bytes().get(..units).is_some_and(<[u8]>::is_ascii) {
        return units;
    }
    let mut counted = 0;
    text.char_indices()
        .find(|(_, character)| {
            let is_past = counted >= units;
            counted += character.len_utf16();
            is_past
        })
        .map_or(text.len(), |(at, _)| at)
}
