//! A reader of batches that cuts them as `js/source.js` does, and watches that each is well made.

use eventsource_wasm::{Batch, NO_EVENT, RECORD, Record, SAME_ID};

use super::oracle::Event;

/// What whoever reads the batches of a source knows by them.
#[derive(Debug, Default)]
pub struct Reader {
    pub events: Vec<Event>,
    pub last_event_id: String,
    /// The last event IDs that the batches told.
    pub told: Vec<String>,
}

impl Reader {
    pub fn new(last_event_id: &str) -> Self {
        Self { last_event_id: last_event_id.into(), ..Self::default() }
    }

    pub fn read(&mut self, batch: &Batch) {
        let mut text = Units::of(batch.text());
        let mut records = Vec::new();
        assert_eq!(batch.lengths().len() % RECORD, 0, "{batch:?}");
        for lengths in batch.lengths().chunks_exact(RECORD) {
            let event_type = text.cut(lengths[0]);
            let event_type = if event_type.is_empty() { "message".to_string() } else { event_type };
            let new_id = (lengths[1] != SAME_ID).then(|| text.cut(lengths[1]));
            if let Some(id) = &new_id {
                self.last_event_id.clone_from(id);
                self.told.push(id.clone());
            }
            records.push(if lengths[2] == NO_EVENT {
                assert_eq!(lengths[0], 0, "a record without an event has no type: {batch:?}");
                Record::LastEventId(new_id.expect("a record without an event has an id"))
            } else {
                let data = text.cut(lengths[2]);
                self.events.push(Event {
                    event_type: event_type.clone(),
                    data: data.clone(),
                    last_event_id: self.last_event_id.clone(),
                });
                Record::Event { event_type, data, last_event_id: new_id }
            });
        }
        assert!(text.is_used_up(), "the lengths do not add up to the text: {batch:?}");
        self.check_summaries(batch, &records);
    }

    /// What a batch says of itself is what its lengths say.
    fn check_summaries(&self, batch: &Batch, records: &[Record]) {
        assert_eq!(batch.records(), records);
        assert_eq!(batch.is_empty(), records.is_empty(), "{batch:?}");
        let is_event = |record: &Record| matches!(record, Record::Event { .. });
        assert_eq!(batch.has_events(), records.iter().any(is_event), "{batch:?}");
        let before_last = records.split_last().map_or(records, |(_, before)| before);
        assert!(before_last.iter().all(is_event), "an id that an event can tell goes by itself: {batch:?}");
    }
}

/// A string as JavaScript has it, and how far it is cut.
struct Units {
    units: Vec<u16>,
    position: usize,
}

impl Units {
    fn of(text: &str) -> Self {
        Self { units: text.encode_utf16().collect(), position: 0 }
    }

    fn cut(&mut self, length: usize) -> String {
        let start = self.position;
        self.position += length;
        String::from_utf16(&self.units[start..self.position]).expect("a cut goes through no surrogate pair")
    }

    fn is_used_up(&self) -> bool {
        self.position == self.units.len()
    }
}
