//! The events of one chunk: one text, and for each event the lengths that cut it.
//!
//! The boundary to JavaScript is crossed once a chunk: the text becomes one JavaScript string, and a short loop there
//! cuts it. JavaScript counts in UTF-16 units, so the lengths do as well.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::KEPT_CAPACITY;
use super::decode::{push_decoded, utf16_units};
use super::lines::Line;
use super::message::Messages;

/// In place of a data's length: this record only brings a new last event ID, no event.
pub const NO_EVENT: usize = usize::MAX;
/// In place of the length of a type or an id: it is that of the record before. Before a batch's first record the type is
/// `message`, and the id is the last one of the batch before.
pub const SAME: usize = usize::MAX;
/// How many lengths a record has: of the data, of the type, and of the id.
pub const RECORD: usize = 3;

/// The events of one chunk, in the order of the stream.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    lengths: Vec<usize>,
    /// In bytes, where the text of the records ends. What comes after it is data of the event under way.
    end: usize,
    /// Where the last event's type stands in the text; empty for `message`.
    last_type: Range<usize>,
}

/// One record of a [`Batch`], as JavaScript will see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// "Create an event …" with this type (never empty) and data, and the last event ID as it is by then.
    Event {
        /// Its `type`.
        event_type: String,
        /// Its `data`.
        data: String,
        /// Its `lastEventId`, where that is another than before.
        last_event_id: Option<String>,
    },
    /// A blank line set the last event ID, and no event followed it in this chunk.
    LastEventId(String),
}

impl Batch {
    /// Data, types and ids one after the other, in the order of [`lengths`](Self::lengths).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// [`RECORD`] numbers a record: UTF-16 units of the data (or [`NO_EVENT`]), of the type (0: `message`) and of the id (both
    /// or [`SAME`]).
    pub fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    /// Whether there is neither an event nor a new last event ID.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Whether there is an event, and not only a new last event ID.
    pub fn has_events(&self) -> bool {
        self.lengths.chunks_exact(RECORD).any(|record| record[0] != NO_EVENT)
    }

    pub(super) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.text.shrink_to(KEPT_CAPACITY);
        self.lengths.clear();
        self.lengths.shrink_to(KEPT_CAPACITY / size_of::<usize>());
        self.end = 0;
        self.last_type = 0..0;
    }

    /// "Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data buffer": that
    /// comes with the next line, so that the last one has none. Gives the UTF-16 units of both.
    pub(super) fn push_data_line(&mut self, value: Line<'_>, is_first: bool) -> usize {
        if !is_first {
            self.text.push('\n');
        }
        push_decoded(&mut self.text, value) + 1
    }

    /// Moves the data of the event under way behind `held`.
    pub(super) fn take_unfinished(&mut self, held: &mut String) {
        held.push_str(&self.text[self.end..]);
        self.text.truncate(self.end);
    }

    /// Makes a record of the event under way: `held` is the start of its data, which has `units` UTF-16 units in all, and gets the
    /// rest of it. It is the caller's to clear.
    pub(super) fn end_event(&mut self, held: &mut String, units: usize, event_type: &str, new_id: Option<&str>) {
        if !held.is_empty() {
            self.take_unfinished(held);
            self.text.push_str(held);
        }
        // "If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character". It is,
        // and is only counted so far.
        let record = [units - 1, self.push_type(event_type), self.push_id(new_id)];
        self.end_record(record);
    }

    pub(super) fn push_last_event_id(&mut self, id: &str) {
        let units = self.push_text(id);
        self.end_record([NO_EVENT, SAME, units]);
    }

    fn push_type(&mut self, event_type: &str) -> usize {
        let is_same = if event_type.is_empty() {
            self.last_type.is_empty()
        } else {
            self.text.get(self.last_type.clone()) == Some(event_type)
        };
        if is_same {
            return SAME;
        }
        let start = self.text.len();
        let units = self.push_text(event_type);
        self.last_type = start..self.text.len();
        units
    }

    fn push_id(&mut self, id: Option<&str>) -> usize {
        id.map_or(SAME, |id| self.push_text(id))
    }

    fn push_text(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        utf16_units(text)
    }

    fn end_record(&mut self, record: [usize; RECORD]) {
        self.lengths.extend_from_slice(&record);
        self.end = self.text.len();
    }

    /// The events, cut from the text without a copy. `last_event_id` is what it was before this batch.
    pub fn messages<'a>(&'a self, last_event_id: &'a str) -> Messages<'a> {
        Messages::new(&self.text, &self.lengths, last_event_id)
    }

    /// Cuts the batch as the JavaScript side does.
    pub fn records(&self) -> Vec<Record> {
        let mut units = self.text.encode_utf16();
        let mut cut = |length: usize| {
            // The lengths are those of whole strings, so no surrogate pair is cut.
            String::from_utf16_lossy(&units.by_ref().take(length).collect::<Vec<_>>())
        };
        let mut event_type = String::from("message");
        self.lengths
            .chunks_exact(RECORD)
            .map(|record| {
                let data = (record[0] != NO_EVENT).then(|| cut(record[0]));
                match record[1] {
                    SAME => {}
                    0 => event_type = "message".into(),
                    length => event_type = cut(length),
                }
                let last_event_id = (record[2] != SAME).then(|| cut(record[2]));
                match data {
                    Some(data) => Record::Event { event_type: event_type.clone(), data, last_event_id },
                    None => Record::LastEventId(last_event_id.unwrap_or_default()),
                }
            })
            .collect()
    }
}
