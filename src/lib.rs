//! The browser's `EventSource` (server-sent events), compiled to WebAssembly.
//!
//! The contract is the HTML Standard: <https://html.spec.whatwg.org/multipage/server-sent-events.html>
//!
//! # The way of a byte
//! `reader.read()` in `js/link.js`, in pieces → `Handle::chunk` in `web` → [`Connection::handle`] with [`Input::Chunk`] →
//! [`Parser::feed`] → lines → fields → a blank line completes an event in the [`Batch`] → [`Output::Dispatch`] → `web` →
//! the loop in `js/delivery.js` cuts the text, and dispatches each event on the page's object.
//!
//! # The rules
//! 1. The core does no I/O: all but `web` is plain Rust, which builds and is tested on the host. Time and entropy come in.
//! 2. One state machine decides ([`Connection`]), the drivers in `web` obey.
//! 3. Page code runs only when nothing is borrowed, and all outputs of an input are taken before the next input.
//! 4. One behaviour, several builds.

mod connection;
mod event_stream;
mod page;
mod policy;
mod reconnect;
mod response;
#[cfg(target_arch = "wasm32")]
mod web;

pub use connection::{Attempt, Connection, Input, Output, Refusal, Request};
pub use event_stream::{Batch, NO_EVENT, Parsed, Parser, RECORD, Record, SAME};
pub use page::Page;
pub use policy::{Loss, Policy, Reason};
pub use reconnect::{DEFAULT_RECONNECTION_TIME, Pacing, Reconnection};
pub use response::Response;
#[cfg(target_arch = "wasm32")]
pub use web::{Handle, Source, running};
