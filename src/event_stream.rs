//! "Interpreting an event stream": bytes in, events out, chunk by chunk.
//!
//! Owns the buffers of the Standard (data, event type, last event ID). Knows nothing of connections: a new connection
//! gets a new [`Parser`].
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

mod batch;
mod fields;
mod lines;

pub use batch::{Batch, NO_EVENT, RECORD, Record, SAME_ID};

use fields::{Field, field};
use lines::Lines;

/// Parses one event stream, in chunks of any size.
///
/// ```
/// use eventsource_wasm::{Parser, Record};
///
/// let mut parser = Parser::new("");
/// let parsed = parser.feed(b"event: add\ndata: 73857293\n\nda");
/// assert_eq!(
///     parsed.batch.records(),
///     [Record::Event { event_type: "add".into(), data: "73857293".into(), last_event_id: None }]
/// );
/// ```
#[derive(Debug)]
pub struct Parser {
    lines: Lines,
    block: Block,
}

/// What a chunk brought.
#[derive(Debug, Default)]
pub struct Parsed {
    pub batch: Batch,
    /// The last valid `retry` field of the chunk, in milliseconds; `u64::MAX` stands for every larger number.
    pub reconnection_time: Option<u64>,
}

impl Parser {
    /// `last_event_id` is the last event ID string of the event source. `Non-standard:` by the letter each stream's last
    /// event ID buffer starts empty, which would lose the id at the first event without one after a reconnection;
    /// browsers start with the source's id, and so does this.
    pub fn new(last_event_id: &str) -> Self {
        Self { lines: Lines::new(), block: Block::new(last_event_id) }
    }

    /// Interprets the next bytes of the stream. What is unfinished waits for the next call, and is dropped with the
    /// parser, as the Standard drops an incomplete event at the end of the file.
    pub fn feed(&mut self, chunk: &[u8]) -> Parsed {
        let mut parsed = Parsed::default();
        let block = &mut self.block;
        block.ended = false;
        self.lines.feed(chunk, |line| block.line(line, &mut parsed));
        block.tell_last_event_id(&mut parsed.batch);
        parsed
    }

    /// The same for text that a transport has decoded, which takes a byte order mark away itself.
    pub fn feed_decoded(&mut self, text: &str) -> Parsed {
        self.lines.expect_no_byte_order_mark();
        self.feed(text.as_bytes())
    }

    /// The last event ID string of the event source, as the blank lines so far have set it.
    pub fn last_event_id(&self) -> &str {
        &self.block.last_event_id
    }

    /// Whether the last chunk had an event boundary, which is a blank line. What came after it is lost by nobody who gets
    /// the stream again from `last_event_id` on.
    pub fn has_passed_boundary(&self) -> bool {
        self.block.ended
    }
}

/// The lines since the last blank one, in the Standard's buffers.
#[derive(Debug)]
struct Block {
    data_buffer: String,
    event_type_buffer: String,
    last_event_id_buffer: String,
    /// The event source's string: what the buffer was at the last blank line.
    last_event_id: String,
    /// Whoever reads the batches knows `last_event_id` as it is, or will from the batch under way.
    id_told: bool,
    /// There was a blank line in the last chunk.
    ended: bool,
}

/// A data buffer that grew past this many bytes is given back after its event, not kept for the next one.
const KEPT_CAPACITY: usize = 64 * 1024;

impl Block {
    fn new(last_event_id: &str) -> Self {
        Self {
            data_buffer: String::new(),
            event_type_buffer: String::new(),
            last_event_id_buffer: last_event_id.into(),
            last_event_id: last_event_id.into(),
            id_told: true,
            ended: false,
        }
    }

    fn line(&mut self, line: &[u8], parsed: &mut Parsed) {
        if line.is_empty() {
            return self.dispatch(&mut parsed.batch);
        }
        match field(line) {
            Field::Data(value) => {
                push_decoded(&mut self.data_buffer, value);
                self.data_buffer.push('\n');
            }
            Field::Event(value) => set_decoded(&mut self.event_type_buffer, value),
            Field::Id(value) => set_decoded(&mut self.last_event_id_buffer, value),
            Field::Retry(milliseconds) => parsed.reconnection_time = Some(milliseconds),
            Field::Ignored => {}
        }
    }

    /// "Dispatch the event": <https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage>
    fn dispatch(&mut self, batch: &mut Batch) {
        self.ended = true;
        // 1. "Set the last event ID string of the event source to the value of the last event ID buffer."
        if self.last_event_id != self.last_event_id_buffer {
            self.last_event_id.clone_from(&self.last_event_id_buffer);
            self.id_told = false;
        }
        // 2. "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string
        //    and return." Otherwise 3.: "If the data buffer's last character is a LINE FEED, remove the last character".
        if let Some(data) = self.data_buffer.strip_suffix('\n') {
            // 4. to 6. and 8.: the event is made where its realm is; here it gets its type, data and last event ID.
            let new_id = (!self.id_told).then_some(self.last_event_id.as_str());
            batch.push_event(&self.event_type_buffer, new_id, data);
            self.id_told = true;
        }
        // 7. "Set the data buffer and the event type buffer to the empty string."
        self.data_buffer.clear();
        self.data_buffer.shrink_to(KEPT_CAPACITY);
        self.event_type_buffer.clear();
    }

    /// A new id that no event has told goes by itself, so that whoever reads the batches always knows the last one.
    fn tell_last_event_id(&mut self, batch: &mut Batch) {
        if !self.id_told {
            batch.push_last_event_id(&self.last_event_id);
            self.id_told = true;
        }
    }
}

fn set_decoded(buffer: &mut String, value: &[u8]) {
    buffer.clear();
    push_decoded(buffer, value);
}

/// "UTF-8 decode": each maximal faulty part becomes U+FFFD. A value begins and ends beside ASCII bytes, so decoding it
/// by itself gives what decoding the whole stream would give.
fn push_decoded(buffer: &mut String, mut value: &[u8]) {
    // One check of everything is several times faster than going by parts, and faulty streams are rare.
    loop {
        let error = match std::str::from_utf8(value) {
            Ok(text) => return buffer.push_str(text),
            Err(error) => error,
        };
        let (valid, rest) = value.split_at(error.valid_up_to());
        push_decoded(buffer, valid);
        buffer.push(char::REPLACEMENT_CHARACTER);
        value = error.error_len().map_or(&[], |length| &rest[length..]);
    }
}
