//! The browser's `EventSource` (server-sent events), compiled to WebAssembly.
//!
//! The contract is the HTML Standard: <https://html.spec.whatwg.org/multipage/server-sent-events.html>
//!
//! # For Rust programs
//! - [`Decoder`]: bytes in, [`Message`]s out. With `default-features = false` the crate needs no `std` and no other crate.
//! - `EventSource` (feature `client`, on wasm32): a `Stream` of what happens to a connection, for apps in a browser.
//! - `Message::json` (feature `json`): a message's data, read by serde.
//!
//! The rest is what they and the npm package are made of.
//!
//! # The way of a byte
//! `reader.read()` in `js/reading.js`, in pieces → `Handle::chunk` in `web` → [`Connection::handle`] with [`Input::Chunk`] →
//! [`Parser::feed`] → lines → fields → a blank line completes an event in the [`Batch`] → [`Output::Dispatch`] → `web` →
//! the loop in `js/delivery.js` cuts the text, and dispatches each event on the page's object.
//!
//! # The rules
//! 1. The core does no I/O: all but `web` is plain Rust, which builds and is tested on the host. Time and entropy come in.
//! 2. One state machine decides ([`Connection`]), the drivers in `web` obey.
//! 3. Page code runs only when nothing is borrowed, and all outputs of an input are taken before the next input.
//! 4. One behaviour, several builds.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

#[cfg(all(target_arch = "wasm32", any(feature = "web", feature = "client")))]
mod byte_string;
#[cfg(all(target_arch = "wasm32", feature = "client"))]
mod client;
mod connection;
mod event_stream;
mod page;
mod policy;
mod reconnect;
mod response;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
#[allow(missing_docs, reason = "what wasm_bindgen makes of a type has none")]
mod web;

#[cfg(all(target_arch = "wasm32", feature = "client"))]
pub use client::{Event, EventSource, EventSourceInit, Failure, InvalidUrl, ReadyState};
pub use connection::{Attempt, Connection, Input, Output, Refusal, Request};
pub use event_stream::{Batch, Decoder, Message, Messages, NO_EVENT, Parsed, Parser, RECORD, Record, SAME};
pub use page::Page;
pub use policy::{Loss, Policy, Reason};
pub use reconnect::{DEFAULT_RECONNECTION_TIME, Pacing, Reconnection};
pub use response::Response;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub use web::{Handle, Source, running};

/// The pages' examples, which are tests by this.
#[cfg(all(doctest, target_arch = "wasm32", feature = "client", feature = "json"))]
mod pages {
    #[doc = include_str!("../README.md")]
    struct Readme;
    #[doc = include_str!("../docs/rust.md")]
    struct FromRust;
}
