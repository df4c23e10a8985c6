//! The parsers, by the same two functions: all events of a stream, to be looked at, and their number, to be timed.

use std::convert::Infallible;
use std::future::ready;
use std::hint::black_box;
use std::io;

use bytes::Bytes;
use eventsource_stream::Eventsource;
use eventsource_wasm::{Parser, RECORD, Record};
use futures_util::stream::{self, Stream};
use futures_util::{FutureExt, StreamExt, TryStreamExt};
use sse_codec::decode_stream;
use sse_stream::{Sse, SseByteStream};

use crate::payloads::Event;

pub struct Reader {
    pub name: &'static str,
    pub events: fn(&[Bytes]) -> Vec<Event>,
    pub count: fn(&[Bytes]) -> usize,
}

pub const READERS: [Reader; 4] = [
    Reader { name: "eventsource-wasm", events: own_events, count: own_count },
    Reader {
        name: "sse-stream",
        events: |chunks| events(by_sse_stream(chunks), of_sse_stream),
        count: |chunks| count(by_sse_stream(chunks)),
    },
    Reader {
        name: "sse-codec",
        events: |chunks| events(by_sse_codec(chunks), of_sse_codec),
        count: |chunks| count(by_sse_codec(chunks)),
    },
    Reader {
        name: "eventsource-stream",
        events: |chunks| events(by_eventsource_stream(chunks), of_eventsource_stream),
        count: |chunks| count(by_eventsource_stream(chunks)),
    },
];

fn own_events(chunks: &[Bytes]) -> Vec<Event> {
    let mut parser = Parser::new("");
    let mut last_id = String::new();
    let mut events = Vec::new();
    for chunk in chunks {
        for record in parser.feed(chunk).batch.records() {
            match record {
                Record::LastEventId(id) => last_id = id,
                Record::Event { event_type, data, last_event_id } => {
                    last_id = last_event_id.unwrap_or(last_id);
                    events.push(Event { event_type, data, last_event_id: last_id.clone() });
                }
            }
        }
    }
    events
}

/// The batches are what JavaScript gets: checked UTF-8, and lengths in UTF-16 units.
fn own_count(chunks: &[Bytes]) -> usize {
    let mut parser = Parser::new("");
    let read = |chunk: &Bytes| {
        let batch = black_box(parser.feed(chunk).batch);
        let count = batch.lengths().len() / RECORD;
        parser.recycle(batch);
        count
    };
    chunks.iter().map(read).sum()
}

fn by_sse_stream(chunks: &[Bytes]) -> impl Stream<Item = Sse> {
    SseByteStream::new(input(chunks)).map(|sse| sse.expect("it can be read"))
}

fn of_sse_stream(sse: Sse) -> Event {
    Event {
        event_type: sse.event.unwrap_or_else(|| "message".into()),
        data: sse.data.unwrap_or_default(),
        last_event_id: sse.id.unwrap_or_default(),
    }
}

/// It reads from what is `AsyncRead`.
fn by_sse_codec(chunks: &[Bytes]) -> impl Stream<Item = sse_codec::Event> {
    let reader = input(chunks).map_err(|never: Infallible| -> io::Error { match never {} }).into_async_read();
    decode_stream(reader).map(|event| event.expect("it can be read"))
}

fn of_sse_codec(event: sse_codec::Event) -> Event {
    match event {
        sse_codec::Event::Message { id, event, data } => {
            Event { event_type: event, data, last_event_id: id.unwrap_or_default() }
        }
        sse_codec::Event::Retry { retry } => panic!("there is no retry of {retry} in the streams"),
    }
}

fn by_eventsource_stream(chunks: &[Bytes]) -> impl Stream<Item = eventsource_stream::Event> {
    input(chunks).eventsource().map(|event| event.expect("it can be read"))
}

fn of_eventsource_stream(event: eventsource_stream::Event) -> Event {
    Event { event_type: event.event, data: event.data, last_event_id: event.id }
}

fn input(chunks: &[Bytes]) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin {
    // Bytes are counted references.
    stream::iter(chunks.iter().cloned().map(Ok))
}

fn events<T>(stream: impl Stream<Item = T>, event: fn(T) -> Event) -> Vec<Event> {
    at_once(stream.map(event).collect())
}

fn count<T>(stream: impl Stream<Item = T>) -> usize {
    at_once(stream.fold(0, |count, event| {
        black_box(event);
        ready(count + 1)
    }))
}

fn at_once<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("what comes from memory never waits")
}
