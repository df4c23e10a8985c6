//! Bytes in, [`Message`](super::Message)s out: the parser as Rust programs use it.

use alloc::string::String;
use core::mem;
use core::time::Duration;

use super::{Batch, Messages, Parser};

/// Decodes one event stream, in chunks of any size. It does no I/O and needs no `std`: the bytes may come from anywhere.
///
/// ```
/// use eventsource_wasm::Decoder;
///
/// let mut decoder = Decoder::new();
/// for chunk in [&b"event: add\nid: 7\nda"[..], b"ta: 73857293\n\ndata: next\n\n"] {
///     for message in decoder.feed(chunk) {
///         println!("{}: {}", message.event_type, message.data);
///         assert_eq!(message.last_event_id, "7");
///     }
/// }
/// ```
///
/// <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>
#[derive(Debug)]
pub struct Decoder {
    parser: Parser,
    /// What the caller reads of the last chunk.
    batch: Batch,
    /// As it was before that chunk.
    last_event_id: String,
    reconnection_time: Option<u32>,
}

impl Decoder {
    /// For a stream from its start.
    pub fn new() -> Self {
        Self::resuming("")
    }

    /// For a stream that was asked for with `Last-Event-ID`: its events have this id until the stream sets another.
    pub fn resuming(last_event_id: &str) -> Self {
        Self {
            parser: Parser::new(last_event_id),
            batch: Batch::default(),
            last_event_id: last_event_id.into(),
            reconnection_time: None,
        }
    }

    /// Decodes the next bytes of the stream: the events that end in them. Faulty UTF-8 becomes U+FFFD, and no stream is an
    /// error. An event without its blank line waits for the next chunk; at the end of the stream it is dropped with the decoder,
    /// as the Standard has it. All of the chunk is taken in, whether or not the events are read.
    pub fn feed(&mut self, chunk: &[u8]) -> Messages<'_> {
        if self.last_event_id != self.parser.last_event_id() {
            self.last_event_id = self.parser.last_event_id().into();
        }
        self.parser.recycle(mem::take(&mut self.batch));
        let parsed = self.parser.feed(chunk);
        self.reconnection_time = parsed.reconnection_time.or(self.reconnection_time);
        self.batch = parsed.batch;
        self.batch.messages(&self.last_event_id)
    }

    /// What `Last-Event-ID` says when the stream is asked for again; empty: no such header.
    pub fn last_event_id(&self) -> &str {
        self.parser.last_event_id()
    }

    /// How long the stream's last `retry` field asks to wait before that, at most 2^31-1 milliseconds; `None` where there was
    /// none.
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time.map(|milliseconds| Duration::from_millis(milliseconds.into()))
    }

    /// How many bytes are kept of an unfinished event: whoever does not trust the server gives up at a bound.
    pub fn unfinished(&self) -> usize {
        self.parser.unfinished()
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
