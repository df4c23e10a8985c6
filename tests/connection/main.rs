//! The connection machine: scripts of inputs and the outputs they bring, one clause a test; and random schedules.

// On the host: proptest is not for browsers, and wasm-pack compiles every test.
#![cfg(not(target_arch = "wasm32"))]

mod announcing;
mod closing;
#[path = "../common/mod.rs"]
mod common;
mod model;
mod option_schedules;
mod options;
mod origins;
mod reestablishing;
mod refusals;
mod renewing;
mod schedules;
mod script;
mod waits;
