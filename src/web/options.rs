//! What goes beyond the Standard, between the machine and JavaScript (js/options/): the policy comes in, its questions and reasons
//! go out. Decides nothing.

use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

use super::{Handle, Running, Source};
use crate::byte_string::byte_string;
use crate::{Attempt, Batch, Input, Loss, Pacing, Policy, Reason, Request};

/// In bytes, at most. A JavaScript string that is cut keeps all of what it was cut from, so the text of a batch goes in pages.
const PAGE: usize = 8192;

#[wasm_bindgen]
impl Handle {
    /// This attempt's body has broken off.
    pub fn broke(&self, attempt: u32) {
        self.0.tell(Attempt(attempt), Input::Broken);
    }

    /// The time of a `watch` is over.
    pub fn watched(&self, attempt: u32) {
        self.0.tell(Attempt(attempt), Input::WatchOver);
    }

    /// What the caller says to an `ask`: `undefined` for nothing.
    pub fn decided(&self, attempt: u32, retries: Option<bool>) {
        self.0.tell(Attempt(attempt), Input::Decided { retries });
    }

    /// The events of an `awaitDelivery` are dispatched.
    pub fn delivered(&self, attempt: u32) {
        self.0.tell(Attempt(attempt), Input::Delivered);
    }

    pub fn pause(&self) {
        self.change(crate::Connection::pause);
    }

    pub fn resume(&self) {
        self.change(crate::Connection::resume_paused);
    }

    pub fn reconnect(&self) {
        self.change(crate::Connection::reconnect);
    }
}

impl Handle {
    fn change(&self, change: impl FnOnce(&mut crate::Connection)) {
        let _running = Running::enter(self.0.id);
        change(&mut self.0.connection.borrow_mut());
        self.0.drain();
    }
}

pub(super) fn policy(source: &Source) -> Policy {
    let settings = source.settings();
    Policy {
        retries: settings.retries(),
        statuses: settings.statuses(),
        asks: settings.asks(),
        starts_over: settings.starts_over(),
        probes: settings.probes(),
        heartbeat_timeout: settings.heartbeat_timeout(),
        max_event_size: settings.max_event_size(),
        max_id_size: settings.max_id_size(),
    }
}

pub(super) fn pacing(source: &Source) -> Pacing {
    let settings = source.settings();
    Pacing { factor: settings.factor(), jitter: settings.jitter(), max: settings.max(), attempts: settings.attempts() }
}

/// The names of the reasons stand in js/options/reasons.js, in this order.
pub(super) fn number(reason: Reason) -> u8 {
    reason as u8
}

pub(super) fn errored(source: &Source, failed: bool, loss: Loss) {
    source.errored_for(failed, number(loss.reason), loss.retry_in);
}

/// The last page comes with the lengths.
pub(super) fn deliver(source: &Source, batch: &Batch) {
    let mut text = batch.text();
    while text.len() > PAGE {
        let (page, rest) = text.split_at(text.floor_char_boundary(PAGE));
        source.page(page);
        text = rest;
    }
    source.deliver(text, batch.lengths());
}

/// Sends the request of a caller who has something to send along.
pub(super) fn send_own(source: &Source, xhr: &XmlHttpRequest, request: &Request) -> bool {
    let sends = source.settings().sends();
    if sends {
        let id = request.last_event_id.as_deref().map(byte_string);
        source.send_own(request.attempt.0, xhr, &request.url, id);
    }
    sends
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, getter)]
    fn settings(this: &Source) -> Settings;
    #[wasm_bindgen(method, js_name = errored)]
    fn errored_for(this: &Source, failed: bool, reason: u8, retry_in: Option<u32>);
    /// The next part of a batch's text, before `deliver`.
    #[wasm_bindgen(method)]
    fn page(this: &Source, text: &str);
    /// Has `Handle::watched` called after so many milliseconds, in place of an earlier one.
    #[wasm_bindgen(method)]
    pub(super) fn watch(this: &Source, attempt: u32, milliseconds: u32);
    /// Asks the caller, and has `Handle::decided` called.
    #[wasm_bindgen(method)]
    pub(super) fn ask(this: &Source, attempt: u32, reason: u8, retries: bool);
    /// Has `Handle::delivered` called once all events are dispatched, and before anything else comes to the handle.
    #[wasm_bindgen(method, js_name = awaitDelivery)]
    pub(super) fn await_delivery(this: &Source, attempt: u32);
    /// The milliseconds that `Retry-After` of the last response asks for.
    #[wasm_bindgen(method, js_name = retryAfter)]
    pub(super) fn retry_after(this: &Source) -> Option<u32>;
    /// Opens and sends this `XMLHttpRequest`; where that fails, finds out why, as `explain` does.
    #[wasm_bindgen(method, js_name = sendOwn)]
    fn send_own(this: &Source, attempt: u32, xhr: &XmlHttpRequest, url: &str, id: Option<String>);

    type Settings;
    #[wasm_bindgen(method, getter)]
    fn retries(this: &Settings) -> bool;
    #[wasm_bindgen(method, getter)]
    fn statuses(this: &Settings) -> Vec<u16>;
    #[wasm_bindgen(method, getter)]
    fn asks(this: &Settings) -> bool;
    #[wasm_bindgen(method, getter, js_name = startsOver)]
    fn starts_over(this: &Settings) -> bool;
    #[wasm_bindgen(method, getter)]
    fn probes(this: &Settings) -> bool;
    #[wasm_bindgen(method, getter, js_name = heartbeatTimeout)]
    fn heartbeat_timeout(this: &Settings) -> u32;
    #[wasm_bindgen(method, getter, js_name = maxEventSize)]
    fn max_event_size(this: &Settings) -> usize;
    #[wasm_bindgen(method, getter, js_name = maxIdSize)]
    fn max_id_size(this: &Settings) -> usize;
    #[wasm_bindgen(method, getter)]
    fn factor(this: &Settings) -> f64;
    #[wasm_bindgen(method, getter)]
    fn jitter(this: &Settings) -> f64;
    #[wasm_bindgen(method, getter)]
    fn max(this: &Settings) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn attempts(this: &Settings) -> u32;
    /// Whether requests are the caller's to send.
    #[wasm_bindgen(method, getter)]
    fn sends(this: &Settings) -> bool;
}
