//! A reader of batches that cuts them as `js/delivery.js` does, and watches that each can be cut so.

use eventsource_wasm::{Batch, NO_EVENT, RECORD, SAME};

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
        let mut event_type = String::from("message");
        for lengths in batch.lengths().chunks_exact(RECORD) {
            let data = (lengths[0] != NO_EVENT).then(|| text.cut(lengths[0]));
            match lengths[1] {
                SAME => {}
                0 => event_type = "message".into(),
                length => event_type = text.cut(length),
            }
            if lengths[2] != SAME {
                self.last_event_id = text.cut(lengths[2]);
                self.told.push(self.last_event_id.clone());
            }
            if let Some(data) = data {
                self.events.push(Event {
                    event_type: event_type.clone(),
                    data,
                    last_event_id: self.last_event_id.clone(),
                });
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
