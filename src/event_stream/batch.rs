//! The events of one chunk: one text, and for each event the lengths that cut it.
//!
//! The boundary to JavaScript is crossed once a chunk: the text becomes one JavaScript string, and a short loop there
//! cuts it. JavaScript counts in UTF-16 units, so the lengths do as well.

/// In place of an id's length: the last event ID is still that of the record before.
pub const SAME_ID: usize = usize::MAX;
/// In place of a data's length: this record only brings a new last event ID, no event.
pub const NO_EVENT: usize = usize::MAX;
/// How many lengths a record has: of the type, of the id, and of the data.
pub const RECORD: usize = 3;

/// The events of one chunk, in the order of the stream.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    lengths: Vec<usize>,
}

/// One record of a [`Batch`], as JavaScript will see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// "Create an event …" with this type (never empty) and data, and the last event ID as it is by then.
    Event { event_type: String, data: String, last_event_id: Option<String> },
    /// A blank line set the last event ID, and no event followed it in this chunk.
    LastEventId(String),
}

impl Batch {
    /// Types, ids and data one after the other, in the order of [`lengths`](Self::lengths).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// [`RECORD`] numbers a record: UTF-16 units of the type (0: `message`), of the id (or [`SAME_ID`]), and of the
    /// data (or [`NO_EVENT`]).
    pub fn lengths(&self) -> &[usize] {
        &self.lengths
    }

    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Whether there is an event, and not only a new last event ID.
    pub fn has_events(&self) -> bool {
        self.lengths.chunks_exact(RECORD).any(|record| record[2] != NO_EVENT)
    }

    pub(super) fn push_event(&mut self, event_type: &str, new_id: Option<&str>, data: &str) {
        let record = [self.push_text(event_type), self.push_id(new_id), self.push_text(data)];
        self.lengths.extend_from_slice(&record);
    }

    pub(super) fn push_last_event_id(&mut self, id: &str) {
        let record = [0, self.push_text(id), NO_EVENT];
        self.lengths.extend_from_slice(&record);
    }

    fn push_id(&mut self, id: Option<&str>) -> usize {
        id.map_or(SAME_ID, |id| self.push_text(id))
    }

    fn push_text(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        utf16_units(text)
    }

    /// Cuts the batch as the JavaScript side does.
    pub fn records(&self) -> Vec<Record> {
        let mut units = self.text.encode_utf16();
        let mut cut = |length: usize| {
            // The lengths are those of whole strings, so no surrogate pair is cut.
            String::from_utf16_lossy(&units.by_ref().take(length).collect::<Vec<_>>())
        };
        self.lengths
            .chunks_exact(RECORD)
            .map(|record| {
                let event_type = if record[0] == 0 { "message".into() } else { cut(record[0]) };
                let last_event_id = (record[1] != SAME_ID).then(|| cut(record[1]));
                if record[2] == NO_EVENT {
                    Record::LastEventId(last_event_id.unwrap_or_default())
                } else {
                    Record::Event { event_type, last_event_id, data: cut(record[2]) }
                }
            })
            .collect()
    }
}

/// A scalar value has one unit for each byte that starts one, and a second one when it takes four bytes.
fn utf16_units(text: &str) -> usize {
    let starts = text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
    let four_byte_starts = text.bytes().filter(|byte| *byte >= 0xF0).count();
    starts + four_byte_starts
}
