//! `fetch` and the reader of its body -> inputs. Obeys; decides nothing.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestInit, RequestMode,
};

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
        spawn_local(run(Rc::clone(driven), request, init));
        fetch
    }

    /// Asks whether the URL answers anything at all.
    pub(super) fn probe(driven: &Rc<Driven>, attempt: Attempt, url: String) -> Self {
        let fetch = Self::new(driven);
        let init = fetch.init(driven);
        init.set_mode(RequestMode::NoCors);
        let driven = Rc::clone(driven);
        spawn_local(async move {
            let answered = send(&url, &init).await.is_ok();
            driven.handle(attempt, Input::Probed { answered });
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
    let response = match send(&request.url, &init).await {
        Ok(response) => response,
        Err(_) => {
            let refusal = if violations.seen().await { Refusal::Policy } else { Refusal::Unknown };
            driven.handle(attempt, Input::Refused(refusal));
            return;
        }
    };
    drop(violations);
    driven.handle(attempt, Input::Response(facts(&response)));
    if let Some(body) = response.body() {
        read(&driven, attempt, body.get_reader().unchecked_into()).await;
    }
    driven.handle(attempt, Input::End);
}

async fn send(url: &str, init: &RequestInit) -> Result<web_sys::Response, JsValue> {
    fetch(url, init)?.await.map(JsCast::unchecked_into)
}

/// Reads until the body ends, breaks off, or is aborted.
async fn read(driven: &Rc<Driven>, attempt: Attempt, reader: ReadableStreamDefaultReader) {
    while let Ok(result) = reader.read().await {
        let Some(bytes) = result.unchecked_into::<ReadResult>().value() else { return };
        if let Some(turn) = driven.handle(attempt, Input::Chunk(&bytes.to_vec())) {
            // It never rejects, and its value says nothing.
            let _ = turn.await;
        }
    }
}

fn facts(response: &web_sys::Response) -> Response {
    Response {
        status: response.status(),
        // The name is a right one, so this does not fail.
        content_type: response.headers().get("Content-Type").unwrap_or(None),
        url: response.url(),
    }
}

#[wasm_bindgen]
extern "C" {
    /// Looked up at each call, as page code would do.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<js_sys::Promise, JsValue>;

    type ReadResult;
    /// `undefined` at the end of the body.
    #[wasm_bindgen(method, getter)]
    fn value(this: &ReadResult) -> Option<js_sys::Uint8Array>;
}
