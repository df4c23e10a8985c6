//! `fetch` and the reader of its body -> inputs. Obeys; decides nothing.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::{Driven, Source};
use crate::byte_string::byte_string;
use crate::{Attempt, Input, Request, Response};

/// A request under way. Dropping it ends the request.
pub(super) struct Fetch {
    source: Source,
    attempt: Attempt,
    /// `None` in engines without one.
    controller: Option<AbortController>,
    step: Step,
}

/// What the promise that is waited for is about.
enum Step {
    Probe,
    Answer,
    Body(Reader),
}

impl Drop for Fetch {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
        if let Step::Body(reader) = &self.step {
            // The abort has ended it, unless the page's own `fetch` knows nothing of signals.
            self.source.cancel(reader);
        }
    }
}

impl Fetch {
    /// Sends the request and reads its response until the end.
    pub(super) fn request(driven: &Rc<Driven>, request: &Request) -> Self {
        let headers = Dictionary::new();
        headers.set("Accept", "text/event-stream");
        if let Some(id) = &request.last_event_id {
            headers.set("Last-Event-ID", &byte_string(id));
        }
        let init = Dictionary::new();
        init.set_value("headers", &headers);
        Self::send(driven, request.attempt, &request.url, &init, Step::Answer)
    }

    /// Asks whether the URL answers anything at all: by HEAD, which starts no stream.
    pub(super) fn probe(driven: &Rc<Driven>, attempt: Attempt, url: &str) -> Self {
        let init = Dictionary::new();
        init.set("method", "HEAD");
        init.set("mode", "no-cors");
        Self::send(driven, attempt, url, &init, Step::Probe)
    }

    fn send(driven: &Rc<Driven>, attempt: Attempt, url: &str, init: &Dictionary, step: Step) -> Self {
        let controller = AbortController::new().ok();
        // What steps 8 to 12 of the constructor set on every request.
        init.set("cache", "no-store");
        init.set("credentials", if driven.source.with_credentials() { "include" } else { "same-origin" });
        let mut abortable = &JsValue::UNDEFINED;
        if let Some(controller) = &controller {
            init.set_value("signal", &controller.signal());
            abortable = controller;
        }
        driven.source.requesting(url, abortable);
        driven.source.fetch(attempt.0, url, init);
        Self { source: driven.source.clone(), attempt, controller, step }
    }

    /// There is an answer.
    pub(super) fn answered(&mut self, driven: &Rc<Driven>, value: JsValue) {
        match self.step {
            Step::Probe => driven.handle(self.attempt, Input::Probed { answered: true }),
            Step::Answer => self.respond(driven, &value.unchecked_into()),
            Step::Body(_) => {}
        }
    }

    /// There is none.
    pub(super) fn rejected(&self, driven: &Rc<Driven>) {
        match self.step {
            Step::Probe => driven.handle(self.attempt, Input::Probed { answered: false }),
            Step::Answer => driven.source.explain(self.attempt.0),
            Step::Body(_) => {}
        }
    }

    fn respond(&mut self, driven: &Rc<Driven>, answer: &Answer) {
        // Pages replace `fetch`: what is no response of ours to read counts as none.
        let Ok(response) = facts(&driven.source, answer) else { return self.rejected(driven) };
        driven.handle(self.attempt, Input::Response(response));
        match answer.body().and_then(|body| body.get_reader()) {
            Ok(reader) => {
                if !driven.has_given_up(self.attempt) {
                    driven.source.read(self.attempt.0, &reader);
                }
                self.step = Step::Body(reader);
            }
            Err(_) => driven.handle(self.attempt, Input::End),
        }
    }
}

#[cfg_attr(not(feature = "options"), expect(unused_variables, reason = "it tells of options"))]
fn facts(source: &Source, answer: &Answer) -> Result<Response, JsValue> {
    Ok(Response {
        status: answer.status()?,
        content_type: answer.headers()?.get("Content-Type")?.as_string(),
        url: answer.url()?.as_string().unwrap_or_default(),
        #[cfg(feature = "options")]
        retry_after: source.retry_after(),
    })
}

#[wasm_bindgen]
extern "C" {
    /// A plain object, by its members: `RequestInit` or its headers.
    #[wasm_bindgen(extends = js_sys::Object)]
    pub type Dictionary;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Dictionary;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Dictionary, name: &str, value: &str);
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set_value(this: &Dictionary, name: &str, value: &JsValue);

    /// What `fetch` answers: a `Response`, or what the page's own `fetch` takes for one.
    type Answer;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Answer) -> Result<u16, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn url(this: &Answer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn body(this: &Answer) -> Result<Body, JsValue>;

    type AnswerHeaders;
    #[wasm_bindgen(method, catch)]
    fn get(this: &AnswerHeaders, name: &str) -> Result<JsValue, JsValue>;

    type Body;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    pub type Reader;
}
