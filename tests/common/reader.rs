//! A reader of batches that cuts them as `js/source.js` does, and watches that each can be cut so.

use eventsource_wasm::{Batch, NO_EVENT, RECORD, SAME_ID};

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
        assert_eq!(batch.lengths().len() % RECORD, 0, "{batch:?}");
        for lengths in batch.lengths().chunks_exact(RECORD) {
            let event_type = text.cut(lengths[0]);
            if lengths[1] != SAME_ID {
                self.last_event_id = text.cut(lengths[1]);
                self.told.push(self.last_event_id.clone());
            }
            if lengths[2] != NO_EVENT {
                let event_type = if event_type.is_empty() { "message".into() } else { event_type };
                let data = text.cut(lengths[2]);
                self.events.push(Event { event_type, data, last_event_id: self.last_event_id.clone() });
            }
        }
        assert!(text.is_used_up(), "the lengths do not add up to the text: {batch:?}");
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
