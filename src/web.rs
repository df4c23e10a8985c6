//! The browser's side: the exported [`Handle`], which takes the machine's outputs and carries them out.
//!
//! Owns the order of things: an input goes in, then every output is carried out while nothing is borrowed, since page
//! code may run in each of them and may close the source. It decides nothing.

mod allocator;
mod fetch;
#[cfg(not(feature = "narrow"))]
mod memcpy;
#[cfg(feature = "options")]
mod options;
mod source;
mod xhr;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;

use allocator::Allocator;

use crate::{Attempt, Connection, DEFAULT_RECONNECTION_TIME, Input, Output, Page, Reconnection, Refusal};
use fetch::Fetch;
pub use source::Source;
use xhr::{End, Xhr};

thread_local! {
    /// The id of the source whose code runs, 0 for none: after a trap this tells whose it was.
    static RUNNING: Cell<u32> = const { Cell::new(0) };
}

/// The id of the source whose code runs in this instance, or was running when it trapped; 0 for none.
#[wasm_bindgen]
pub fn running() -> u32 {
    RUNNING.get()
}

/// One source's connection. While one of its methods runs it can be closed, but not freed.
#[wasm_bindgen]
pub struct Handle(Rc<Driven>);

#[wasm_bindgen]
impl Handle {
    /// Connects to `url` (absolute), and reports to `source` until it is closed or has failed. `page_origin` is
    /// serialized, and empty where there are no origins.
    #[wasm_bindgen(constructor)]
    pub fn new(source: Source, url: String, last_event_id: String, page_origin: String) -> Self {
        let id = source.id();
        let _running = Running::enter(id);
        let page = Page { origin: page_origin, https: source.page_is_https() };
        let time = source.reconnection_time().unwrap_or(DEFAULT_RECONNECTION_TIME);
        #[cfg(feature = "options")]
        let connection = {
            let reconnection = Reconnection::paced(time, source.seed(), options::pacing(&source));
            Connection::obeying(options::policy(&source), page, url, last_event_id, reconnection)
        };
        #[cfg(not(feature = "options"))]
        let connection = Connection::new(page, url, last_event_id, Reconnection::new(time, source.seed()));
        let connection = if source.resumes() { connection.resumed() } else { connection };
        let driven = Rc::new(Driven { id, source, connection: RefCell::new(connection), driver: RefCell::new(None) });
        driven.drain();
        Self(driven)
    }

    /// The `fetch` of this attempt has answered. False when nobody waits for it any more.
    pub fn answered(&self, attempt: u32, response: JsValue) -> bool {
        self.0.step(Attempt(attempt), |driver, driven| {
            if let Driver::Fetch(fetch) = driver {
                fetch.answered(driven, response);
            }
        })
    }

    /// The `fetch` of this attempt has failed.
    pub fn rejected(&self, attempt: u32) {
        self.0.step(Attempt(attempt), |driver, driven| {
            if let Driver::Fetch(fetch) = driver {
                fetch.rejected(driven);
            }
        });
    }

    /// Bytes of this attempt's body. False when nobody wants more of them.
    pub fn chunk(&self, attempt: u32, bytes: &[u8]) -> bool {
        self.0.tell(Attempt(attempt), Input::Chunk(bytes))
    }

    /// This attempt's body has ended or broken off.
    pub fn ended(&self, attempt: u32) {
        self.0.tell(Attempt(attempt), Input::End);
    }

    /// An event of this attempt's `XMLHttpRequest`: `readystatechange` (0), `load` (1), `error` (2) or `abort` (3). True
    /// when the same event has more to say, once what it has said is through.
    pub fn progressed(&self, attempt: u32, event: u8) -> bool {
        let end = match event {
            0 => None,
            1 => Some(End::Body),
            2 => Some(End::Error),
            _ => Some(End::Stopped),
        };
        let mut again = false;
        self.0.step(Attempt(attempt), |driver, driven| {
            if let Driver::Xhr(xhr) = driver {
                again = xhr.progressed(driven, end);
            }
        });
        again
    }

    /// Why this attempt has got no response, as far as anyone can tell.
    pub fn refused(&self, attempt: u32, by_policy: bool) {
        let refusal = if by_policy { Refusal::Policy } else { Refusal::Unknown };
        self.0.tell(Attempt(attempt), Input::Refused(refusal));
    }

    /// Ends its request or wait; nothing is reported any more.
    pub fn close(&self) {
        let _running = Running::enter(self.0.id);
        self.0.connection.borrow_mut().close();
        self.0.drain();
    }
}

/// A connection with the page's object it reports to and what is under way for it.
struct Driven {
    /// The source's.
    id: u32,
    source: Source,
    connection: RefCell<Connection>,
    driver: RefCell<Option<Driver>>,
}

/// What is under way. Dropping it ends it.
enum Driver {
    Fetch(Fetch),
    Xhr(Xhr),
    Timeout(#[expect(dead_code, reason = "held for its Drop")] Timeout),
}

impl Driven {
    /// Lets the driver of this attempt do what its transport's news asks for. False when the attempt is, or was, over.
    fn step(self: &Rc<Self>, attempt: Attempt, step: impl FnOnce(&mut Driver, &Rc<Self>)) -> bool {
        let _running = Running::enter(self.id);
        if self.has_given_up(attempt) {
            return false;
        }
        // Out of its cell: the step may put another one there, or end all.
        let Some(mut driver) = self.driver.take() else { return false };
        step(&mut driver, self);
        let goes_on = !self.has_given_up(attempt);
        if goes_on {
            self.driver.replace(Some(driver));
        }
        goes_on
    }

    /// The same as `handle`, for a call from outside. False when the attempt is over by then.
    fn tell(self: &Rc<Self>, attempt: Attempt, input: Input<'_>) -> bool {
        let _running = Running::enter(self.id);
        self.handle(attempt, input);
        !self.has_given_up(attempt)
    }

    /// Hands an input to the machine and carries out what comes of it.
    fn handle(self: &Rc<Self>, attempt: Attempt, input: Input<'_>) {
        self.connection.borrow_mut().handle(attempt, input);
        self.drain();
    }

    fn drain(self: &Rc<Self>) {
        while let Some(output) = self.next_output() {
            match output {
                Output::Request(request) if self.source.fetches() => {
                    self.drive(request.attempt, Driver::Fetch(Fetch::request(self, &request)));
                }
                Output::Request(request) => self.drive(request.attempt, Driver::Xhr(Xhr::request(self, &request))),
                Output::Probe { attempt, url } => self.drive(attempt, Driver::Fetch(Fetch::probe(self, attempt, &url))),
                Output::Wait { attempt, milliseconds } => {
                    self.drive(attempt, Driver::Timeout(self.wait(attempt, milliseconds)));
                }
                Output::Abort => drop(self.driver.take()),
                Output::Open { url } => self.source.opened(&url),
                Output::Dispatch(batch) => {
                    #[cfg(feature = "options")]
                    options::deliver(&self.source, &batch);
                    #[cfg(not(feature = "options"))]
                    self.source.deliver(batch.text(), batch.lengths());
                    self.connection.borrow_mut().recycle(batch);
                }
                Output::ReconnectionTime(milliseconds) => self.source.set_reconnection_time(milliseconds),
                #[cfg(feature = "options")]
                Output::Error { failed, loss } => options::errored(&self.source, failed, loss),
                #[cfg(feature = "options")]
                Output::Watch { attempt, milliseconds } => self.source.watch(attempt.0, milliseconds),
                #[cfg(feature = "options")]
                Output::AwaitDelivery { attempt } => self.source.await_delivery(attempt.0),
                #[cfg(feature = "options")]
                Output::Ask { attempt, reason, retries } => {
                    self.source.ask(attempt.0, options::number(reason), retries);
                }
                #[cfg(not(feature = "options"))]
                Output::Error { failed, .. } => self.source.errored(failed),
                #[cfg(not(feature = "options"))]
                Output::Watch { .. } | Output::Ask { .. } | Output::AwaitDelivery { .. } => {}
                Output::WarnIdRefused => self.source.warn_id_refused(),
            }
        }
    }

    fn has_given_up(&self, attempt: Attempt) -> bool {
        self.connection.borrow().has_given_up(attempt)
    }

    fn next_output(&self) -> Option<Output> {
        self.connection.borrow_mut().next_output()
    }

    /// Makes the driver the one that is under way, unless page code has closed the source while it was made.
    fn drive(&self, attempt: Attempt, driver: Driver) {
        let driver = (!self.has_given_up(attempt)).then_some(driver);
        // The old driver's Drop calls the browser, so it must not run while the cell is borrowed.
        let old = self.driver.replace(driver);
        drop(old);
    }

    fn wait(self: &Rc<Self>, attempt: Attempt, milliseconds: u32) -> Timeout {
        let driven = Rc::clone(self);
        Timeout::new(milliseconds, move || {
            let _running = Running::enter(driven.id);
            driven.handle(attempt, Input::WaitOver);
        })
    }
}

/// Marks a source as the one whose code runs, until it is dropped. A trap drops nothing.
struct Running {
    outer: u32,
}

impl Running {
    fn enter(id: u32) -> Self {
        Self { outer: RUNNING.replace(id) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.set(self.outer);
    }
}

#[global_allocator]
static ALLOCATOR: Allocator = Allocator::new();
