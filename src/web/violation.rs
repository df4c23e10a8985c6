//! Whether it was the page's Content Security Policy that refused a request: fetch does not tell, but an event does.
//!
//! <https://w3c.github.io/webappsec-csp/#report-violation>

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{EventTarget, SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition};

use super::signal::Signal;

const EVENT: &str = "securitypolicyviolation";

/// Listens, until it is dropped, for a violation by requests to one URL.
pub(super) struct ViolationWatch {
    target: EventTarget,
    listener: Closure<dyn FnMut(SecurityPolicyViolationEvent)>,
    seen: Rc<Cell<bool>>,
}

impl ViolationWatch {
    pub(super) fn begin(url: &str) -> Self {
        let seen = Rc::new(Cell::new(false));
        let listener = Closure::new({
            let seen = Rc::clone(&seen);
            let url = url.to_owned();
            move |event: SecurityPolicyViolationEvent| {
                if forbids(&event, &url) {
                    seen.set(true);
                }
            }
        });
        let target = event_target();
        // An engine without such events takes the listener and never calls it.
        let _ = target.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
        Self { target, listener, seen }
    }

    /// Whether the refusal that has just come was the policy's: its event comes before, or is the next task.
    pub(super) async fn seen(self) -> bool {
        if !self.seen.get() {
            let signal = Rc::new(Signal::default());
            let timeout = Timeout::new(0, {
                let signal = Rc::clone(&signal);
                move || signal.give()
            });
            signal.wait().await;
            drop(timeout);
        }
        self.seen.get()
    }
}

impl Drop for ViolationWatch {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(EVENT, self.listener.as_ref().unchecked_ref());
    }
}

/// Whether the event tells of a request to `url`: it names the URL without fragment, or no more than its scheme.
fn forbids(event: &SecurityPolicyViolationEvent, url: &str) -> bool {
    let blocked = event.blocked_uri();
    event.disposition() == SecurityPolicyViolationEventDisposition::Enforce
        && event.effective_directive() == "connect-src"
        && (url.split('#').next() == Some(&blocked) || url.split(':').next() == Some(&blocked))
}

/// The document, or in a worker its global: there the events are dispatched.
fn event_target() -> EventTarget {
    let global = js_sys::global();
    match js_sys::Reflect::get(&global, &"document".into()) {
        Ok(document) if document.is_object() => document.unchecked_into(),
        _ => global.unchecked_into(),
    }
}
