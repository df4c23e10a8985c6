//! `fetch` and the reader of its body -> inputs. Obeys; decides nothing.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestMode};

use super::Driven;
use super::headers::headers;
use super::violation::ViolationWatch;
use crate::{Attempt, Input, Refusal, Request, Response};

/// A request under way. Dropping it aborts the request, whose inputs then come to nothing: their attempt is over.
pub(super) struct Fetch {
    controller: AbortController,
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

impl Fetch {
    /// Sends the request and reads its response until the end.
    pub(super) fn request(driven: &Rc<Driven>, request: Request) -> Self {
        let fetch = Self::new(driven);
        let init = fetch.init(driven);
        let list = Headers::new().unwrap_throw();
        for (name, value) in headers(&request) {
            list.set(name, &value).unwrap_throw();
        }
        init.set_headers(&list);
        driven.spawn(run(Rc::clone(driven), request, init));
        fetch
    }

    /// Asks whether the URL answers anything at all.
    pub(super) fn probe(driven: &Rc<Driven>, attempt: Attempt, url: String) -> Self {
        let fetch = Self::new(driven);
        let init = fetch.init(driven);
        init.set_mode(RequestMode::NoCors);
        driven.spawn({
            let driven = Rc::clone(driven);
            async move {
                let answered = send(&url, &init).await.is_ok();
                driven.handle(attempt, Input::Probed { answered });
            }
        });
        fetch
    }

    fn new(driven: &Driven) -> Self {
        // The constructor fails where there is no AbortController, and such an engine gets no fetch driver.
        let controller = AbortController::new().unwrap_throw();
        driven.source.requesting(controller.as_ref());
        Self { controller }
    }

    /// What steps 8 to 12 of the constructor set on every request.
    fn init(&self, driven: &Driven) -> RequestInit {
        let init = RequestInit::new();
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(if driven.source.with_credentials() {
            RequestCredentials::Include
        } else {
            RequestCredentials::SameOrigin
        });
        init.set_signal(Some(&self.controller.signal()));
        init
    }
}

async fn run(driven: Rc<Driven>, request: Request, init: RequestInit) {
    let attempt = request.attempt;
    let violations = ViolationWatch::begin(&request.url);
    // Pages replace `fetch`: what is no response of ours to read counts as none.
    let answer = send(&request.url, &init).await.and_then(|response| Ok((facts(&response)?, response)));
    let Ok((facts, response)) = answer else {
        let refusal = if violations.seen().await { Refusal::Policy } else { Refusal::Unknown };
        driven.handle(attempt, Input::Refused(refusal));
        return;
    };
    drop(violations);
    driven.handle(attempt, Input::Response(facts));
    if let Ok(reader) = response.body().and_then(|body| body.get_reader()) {
        read(&driven, attempt, &reader).await;
        if driven.has_given_up(attempt) {
            // The abort has ended it already, unless the page's own `fetch` knows nothing of signals.
            let _ = reader.cancel().await;
        }
    }
    driven.handle(attempt, Input::End);
}

async fn send(url: &str, init: &RequestInit) -> Result<Answer, JsValue> {
    fetch(url, init)?.await.map(JsCast::unchecked_into)
}

/// Reads until the body ends, breaks off, or is given up.
async fn read(driven: &Rc<Driven>, attempt: Attempt, reader: &Reader) {
    while let Ok(result) = reader.read().await {
        let Ok(Some(bytes)) = result.unchecked_into::<ReadResult>().value() else { return };
        if let Some(turn) = driven.handle(attempt, Input::Chunk(&bytes.to_vec())) {
            // It never rejects, and its value says nothing.
            let _ = turn.await;
        }
        if driven.has_given_up(attempt) {
            return;
        }
    }
}

fn facts(response: &Answer) -> Result<Response, JsValue> {
    Ok(Response {
        status: response.status()?,
        content_type: response.headers()?.get("Content-Type")?,
        url: response.url()?.unwrap_or_default(),
    })
}

#[wasm_bindgen]
extern "C" {
    /// Looked up at each call, as page code would do.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<js_sys::Promise, JsValue>;

    /// What `fetch` answers: a `Response`, or what the page's own `fetch` takes for one.
    type Answer;
    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Answer) -> Result<u16, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Answer) -> Result<AnswerHeaders, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn url(this: &Answer) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn body(this: &Answer) -> Result<Body, JsValue>;

    type AnswerHeaders;
    #[wasm_bindgen(method, catch)]
    fn get(this: &AnswerHeaders, name: &str) -> Result<Option<String>, JsValue>;

    type Body;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn cancel(this: &Reader) -> Result<JsValue, JsValue>;

    type ReadResult;
    /// `undefined` at the end of the body.
    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &ReadResult) -> Result<Option<js_sys::Uint8Array>, JsValue>;
}
