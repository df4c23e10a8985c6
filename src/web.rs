//! The browser's side: the exported [`Handle`], which takes the machine's outputs and carries them out.
//!
//! Owns the order of things: an input goes in, then every output is carried out while nothing is borrowed, since page
//! code may run in each of them and may close the source. It decides nothing.

mod fetch;
mod headers;
mod signal;
mod source;
mod transport;
mod violation;
mod xhr;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{Attempt, Connection, DEFAULT_RECONNECTION_TIME, Input, Output, Page, Reconnection};
use fetch::Fetch;
pub use source::Source;
use source::Turn;
use transport::Transport;
use xhr::Xhr;

thread_local! {
    /// The id of the source whose code runs, 0 for none: after a trap this tells whose it was.
    static RUNNING: Cell<u32> = const { Cell::new(0) };
}

/// The id of the source whose code runs in this instance, or was running when it trapped; 0 for none.
#[wasm_bindgen]
pub fn running() -> u32 {
    RUNNING.get()
}

/// One source's connection. Dropping it (`free()` in JavaScript) ends its request or wait; nothing is reported any more.
#[wasm_bindgen]
pub struct Handle(Rc<Driven>);

#[wasm_bindgen]
impl Handle {
    /// Connects, and reports to `source` until it is closed or has failed.
    #[wasm_bindgen(constructor)]
    pub fn new(source: Source) -> Self {
        let _running = Running::enter(source.id());
        let page = Page { origin: source.page_origin(), https: source.page_is_https() };
        let time = source.reconnection_time().unwrap_or(DEFAULT_RECONNECTION_TIME);
        let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let reconnection = Reconnection::new(time, seed);
        let begin = if source.resumes() { Connection::resume } else { Connection::new };
        let connection = begin(page, source.request_url(), source.last_event_id(), reconnection);
        let driven = Rc::new(Driven { source, connection: RefCell::new(connection), driver: RefCell::new(None) });
        driven.drain();
        Self(driven)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let _running = Running::enter(self.0.source.id());
        self.0.connection.borrow_mut().close();
        self.0.drain();
    }
}

/// A connection with the page's object it reports to and what is under way for it.
struct Driven {
    source: Source,
    connection: RefCell<Connection>,
    driver: RefCell<Option<Driver>>,
}

/// What is under way. Dropping it ends it.
#[expect(dead_code, reason = "held for its Drop")]
enum Driver {
    Fetch(Fetch),
    Xhr(Xhr),
    Timeout(Timeout),
}

impl Driven {
    /// Hands an input to the machine and carries out what comes of it. When that dispatches events, and does so over
    /// several turns of the event loop, the turns are returned: the next input has to wait for them.
    fn handle(self: &Rc<Self>, attempt: Attempt, input: Input<'_>) -> Option<Turn> {
        let _running = Running::enter(self.source.id());
        self.connection.borrow_mut().handle(attempt, input);
        self.drain()
    }

    fn drain(self: &Rc<Self>) -> Option<Turn> {
        let mut turn = None;
        while let Some(output) = self.next_output() {
            match output {
                Output::Request(request) => self.drive(match Transport::of_engine() {
                    Transport::Fetch => Driver::Fetch(Fetch::request(self, request)),
                    Transport::Xhr => Driver::Xhr(Xhr::request(self, request)),
                }),
                Output::Probe { attempt, url } => match Transport::of_engine() {
                    Transport::Fetch => self.drive(Driver::Fetch(Fetch::probe(self, attempt, url))),
                    // It has no `no-cors`, so the answer is not known.
                    Transport::Xhr => {
                        self.drive(Driver::Timeout(self.wait(attempt, 0, Input::Probed { answered: false })))
                    }
                },
                Output::Wait { attempt, milliseconds } => {
                    self.drive(Driver::Timeout(self.wait(attempt, milliseconds, Input::WaitOver)));
                }
                Output::Abort => drop(self.driver.take()),
                Output::Open { url } => self.source.opened(&url),
                Output::Dispatch(batch) => turn = self.source.deliver(batch.text(), batch.lengths()),
                Output::ReconnectionTime(milliseconds) => self.source.set_reconnection_time(milliseconds),
                Output::Error { failed } => self.source.errored(failed),
                Output::WarnIdRefused => self.source.warn_id_refused(),
            }
        }
        turn
    }

    /// Runs a task for this source: a trap in it is this source's too.
    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        let id = self.source.id();
        let mut task = Box::pin(task);
        spawn_local(poll_fn(move |context| {
            let _running = Running::enter(id);
            task.as_mut().poll(context)
        }));
    }

    fn has_given_up(&self, attempt: Attempt) -> bool {
        self.connection.borrow().has_given_up(attempt)
    }

    fn next_output(&self) -> Option<Output> {
        self.connection.borrow_mut().next_output()
    }

    fn drive(&self, driver: Driver) {
        // The old driver's Drop calls the browser, so it must not run while the cell is borrowed.
        let old = self.driver.replace(Some(driver));
        drop(old);
    }

    fn wait(self: &Rc<Self>, attempt: Attempt, milliseconds: u32, input: Input<'static>) -> Timeout {
        let driven = Rc::clone(self);
        Timeout::new(milliseconds, move || {
            driven.handle(attempt, input);
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

/// Half the size of std's allocator, which is a fifth of a small module.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
