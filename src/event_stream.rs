//! "Interpreting an event stream": bytes in, events out, chunk by chunk.
//!
//! Owns the buffers of the Standard (data, event type, last event ID). Knows nothing of connections: a new connection
//! gets a new [`Parser`].
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

use alloc::string::String;
use core::mem;

mod batch;
mod decode;
mod decoder;
mod fields;
mod lines;
mod message;
mod utf8;
mod word;

pub use batch::{Batch, NO_EVENT, RECORD, Record, SAME};
pub use decoder::Decoder;
pub use message::{Message, Messages};

use decode::push_decoded;
use fields::{Field, field};
use lines::{Line, Lines};

/// What stands for every longer time, in milliseconds: the longest that `setTimeout` can wait; it fires at once when asked for more.
pub(crate) const LONGEST_TIME: u32 = i32::MAX as u32;

/// Memory that grew past this many bytes is given back after its event, not kept for the next one.
const KEPT_CAPACITY: usize = 256 * 1024;

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
    /// For the next chunk's events: memory that an earlier batch had.
    spare: Batch,
}

/// What a chunk brought.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The events.
    pub batch: Batch,
    /// The last valid `retry` field of the chunk, in milliseconds; 2^31-1, the longest that a timer can wait, stands for every
    /// larger number.
    pub reconnection_time: Option<u32>,
}

impl Parser {
    /// `last_event_id` is the last event ID string of the event source. `Non-standard:` by the letter each stream's last
    /// event ID buffer starts empty, which would lose the id at the first event without one after a reconnection;
    /// browsers start with the source's id, and so does this.
    pub fn new(last_event_id: &str) -> Self {
        Self::bounded(last_event_id, usize::MAX)
    }

    /// The same, but that an `id` field of more than `max_id_size` bytes is ignored, as one with a U+0000 NULL is.
    pub fn bounded(last_event_id: &str, max_id_size: usize) -> Self {
        Self { lines: Lines::new(), block: Block::new(last_event_id, max_id_size), spare: Batch::default() }
    }

    /// Interprets the next bytes of the stream. What is unfinished waits for the next call, and is dropped with the
    /// parser, as the Standard drops an incomplete event at the end of the file.
    pub fn feed(&mut self, chunk: &[u8]) -> Parsed {
        let mut parsed = Parsed { batch: mem::take(&mut self.spare), reconnection_time: None };
        // All that a chunk can bring, but for what replaces faulty bytes.
        parsed.batch.reserve(chunk.len());
        let block = &mut self.block;
        block.ended = false;
        self.lines.feed(chunk, |line| block.line(line, &mut parsed));
        block.hold(&mut parsed.batch);
        block.tell_last_event_id(&mut parsed.batch);
        parsed
    }

    /// The same for text that a transport has decoded, which takes a byte order mark away itself.
    pub fn feed_decoded(&mut self, text: &str) -> Parsed {
        self.lines.expect_no_byte_order_mark();
        self.feed(text.as_bytes())
    }

    /// Takes a batch back that has been read, so that the next chunk's events need no memory of their own. Optional.
    pub fn recycle(&mut self, mut batch: Batch) {
        batch.clear();
        self.spare = batch;
    }

    /// The last event ID string of the event source, as the blank lines so far have set it.
    pub fn last_event_id(&self) -> &str {
        &self.block.last_event_id
    }

    /// How many bytes are kept of what the next blank line ends.
    pub fn unfinished(&self) -> usize {
        let Block { data_buffer, event_type_buffer, last_event_id_buffer, id_set, .. } = &self.block;
        // An id that an earlier event brought is none of this one's.
        let id = if *id_set { last_event_id_buffer.len() } else { 0 };
        self.lines.unfinished() + data_buffer.held.len() + event_type_buffer.len() + id
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
    data_buffer: DataBuffer,
    event_type_buffer: String,
    last_event_id_buffer: String,
    /// A longer one is ignored, in bytes.
    max_id_size: usize,
    /// That buffer was set since the last blank line.
    id_set: bool,
    /// The event source's string: what the buffer was at the last blank line.
    last_event_id: String,
    /// Whoever reads the batches knows `last_event_id` as it is, or will from the batch under way.
    id_told: bool,
    /// There was a blank line in the last chunk.
    ended: bool,
}

/// The data buffer. Its last part is written where it will be read, at the end of the batch's text: most events begin and end in
/// one chunk, and are copied only once.
#[derive(Debug, Default)]
struct DataBuffer {
    /// What earlier chunks brought.
    held: String,
    /// UTF-16 units of all of it, the batch's part and the last line's LF included: 0 is the empty string.
    units: usize,
}

impl Block {
    fn new(last_event_id: &str, max_id_size: usize) -> Self {
        Self {
            data_buffer: DataBuffer::default(),
            event_type_buffer: String::new(),
            last_event_id_buffer: last_event_id.into(),
            max_id_size,
            id_set: false,
            last_event_id: last_event_id.into(),
            id_told: true,
            ended: false,
        }
    }

    fn line(&mut self, line: Line<'_>, parsed: &mut Parsed) {
        if line.bytes.is_empty() {
            return self.dispatch(&mut parsed.batch);
        }
        match field(line.bytes) {
            Field::Data(value) => {
                let DataBuffer { units, .. } = &mut self.data_buffer;
                *units += parsed.batch.push_data_line(line.part(value), *units == 0);
            }
            Field::Event(value) => set_decoded(&mut self.event_type_buffer, line.part(value)),
            Field::Id(value) if value.len() > self.max_id_size => {}
            Field::Id(value) => {
                set_decoded(&mut self.last_event_id_buffer, line.part(value));
                self.id_set = true;
            }
            Field::Retry(milliseconds) => parsed.reconnection_time = Some(milliseconds),
            Field::Ignored => {}
        }
    }

    /// "Dispatch the event": <https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage>
    fn dispatch(&mut self, batch: &mut Batch) {
        self.ended = true;
        // 1. "Set the last event ID string of the event source to the value of the last event ID buffer."
        if mem::take(&mut self.id_set) && self.last_event_id != self.last_event_id_buffer {
            self.last_event_id.clone_from(&self.last_event_id_buffer);
            self.id_told = false;
        }
        // 2. "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string
        //    and return."
        let DataBuffer { held, units } = &mut self.data_buffer;
        if *units > 0 {
            // 3. to 6. and 8.: the event is made where its realm is; here it gets its type, data and last event ID.
            let new_id = (!self.id_told).then_some(self.last_event_id.as_str());
            batch.end_event(held, *units, &self.event_type_buffer, new_id);
            self.id_told = true;
            // 7. "Set the data buffer and the event type buffer to the empty string."
            if !held.is_empty() {
                held.clear();
                held.shrink_to(KEPT_CAPACITY);
            }
            *units = 0;
        }
        self.event_type_buffer.clear();
    }

    /// The chunk ends, and its batch goes: data of an event that is unfinished is held back.
    fn hold(&mut self, batch: &mut Batch) {
        batch.take_unfinished(&mut self.data_buffer.held);
    }

    /// A new id that no event has told goes by itself, so that whoever reads the batches always knows the last one.
    fn tell_last_event_id(&mut self, batch: &mut Batch) {
        if !self.id_told {
            batch.push_last_event_id(&self.last_event_id);
            self.id_told = true;
        }
    }
}

fn set_decoded(buffer: &mut String, value: Line<'_>) {
    buffer.clear();
    push_decoded(buffer, value);
}
