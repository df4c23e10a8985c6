//! `XMLHttpRequest` text -> inputs, for engines whose `fetch` has no streams or can't be aborted. Obeys; decides nothing.
//!
//! It always decodes as UTF-8 and takes a byte order mark away itself. It keeps all text until its end.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

use super::Driven;
use super::headers::headers;
use super::signal::Signal;
use super::violation::ViolationWatch;
use crate::{Input, Refusal, Request, Response};

const HEADERS_RECEIVED: u16 = 2;
const REPLACEMENT_CHARACTER: u16 = 0xFFFD;

type Listen = fn(&XmlHttpRequest, Option<&Function>);
/// The events that say something new, and what end they tell of. (State 4 comes with each end, and says not which.)
const LISTENERS: [(Listen, Option<End>); 4] = [
    (|xhr, listener| xhr.set_onreadystatechange(listener), None),
    (|xhr, listener| xhr.set_onload(listener), Some(End::Body)),
    (|xhr, listener| xhr.set_onerror(listener), Some(End::Error)),
    (|xhr, listener| xhr.set_onabort(listener), Some(End::Stopped)),
];

/// A request under way. Dropping it aborts the request.
pub(super) struct Xhr {
    request: XmlHttpRequest,
    /// Taken off before they are dropped.
    _listeners: [Closure<dyn FnMut()>; LISTENERS.len()],
}

impl Drop for Xhr {
    fn drop(&mut self) {
        for (listen, _) in LISTENERS {
            listen(&self.request, None);
        }
        // It only fails where the interface says that it may, which no engine does.
        let _ = self.request.abort();
    }
}

impl Xhr {
    /// Sends the request and reads its response until the end.
    pub(super) fn request(driven: &Rc<Driven>, request: Request) -> Self {
        // The constructor does not fail; the interface only says that it may.
        let xhr = XmlHttpRequest::new().unwrap_throw();
        let news = Rc::new(News::default());
        let listeners = LISTENERS.map(|(listen, end)| {
            let news = Rc::clone(&news);
            let listener = Closure::<dyn FnMut()>::new(move || news.tell(end));
            listen(&xhr, Some(listener.as_ref().unchecked_ref()));
            listener
        });
        driven.source.requesting(xhr.as_ref());
        let violations = ViolationWatch::begin(&request.url);
        if send(&xhr, &request, driven.source.with_credentials()).is_err() {
            news.tell(Some(End::Error));
        }
        driven.spawn(run(Rc::clone(driven), request, xhr.clone().unchecked_into(), news, violations));
        Self { request: xhr, _listeners: listeners }
    }
}

fn send(xhr: &XmlHttpRequest, request: &Request, with_credentials: bool) -> Result<(), JsValue> {
    xhr.open_with_async("GET", &request.url, true)?;
    // Before `open` IE 11 refuses it.
    xhr.set_with_credentials(with_credentials);
    xhr.override_mime_type("text/plain;charset=utf-8")?;
    for (name, value) in headers(request) {
        xhr.set_request_header(name, &value)?;
    }
    if !request.cross_origin {
        // There is no cache mode, and IE 11 takes GETs from its cache.
        xhr.set_request_header("Cache-Control", "no-cache")?;
    }
    xhr.send()
}

async fn run(driven: Rc<Driven>, request: Request, xhr: Received, news: Rc<News>, violations: ViolationWatch) {
    let attempt = request.attempt;
    let mut responded = false;
    let mut taken = 0;
    loop {
        let end = news.next().await;
        if !responded && let Some(response) = response(&xhr) {
            responded = true;
            driven.handle(attempt, Input::Response(response));
        }
        if responded {
            let text = xhr.text();
            let until = settled(&text, taken, end.is_some());
            if until > taken {
                let new = String::from(text.slice(taken, until));
                taken = until;
                if let Some(turn) = driven.handle(attempt, Input::Text(&new)) {
                    let _ = turn.await;
                }
                driven.handle(attempt, Input::Held(text.length() as usize));
            }
        }
        match end {
            None => {}
            Some(End::Stopped) => {
                driven.handle(attempt, Input::Refused(Refusal::Stopped));
                return;
            }
            Some(_) if responded => {
                driven.handle(attempt, Input::End);
                return;
            }
            Some(_) => {
                let refusal = if violations.seen().await { Refusal::Policy } else { Refusal::Unknown };
                driven.handle(attempt, Input::Refused(refusal));
                return;
            }
        }
    }
}

/// How far the text won't change: some engines show the start of an unfinished UTF-8 sequence as U+FFFD, and half of
/// a surrogate pair is no character yet.
fn settled(text: &JsString, taken: u32, ended: bool) -> u32 {
    let mut until = text.length();
    while !ended && until > taken {
        let last = text.char_code_at(until - 1) as u16;
        if last != REPLACEMENT_CHARACTER && !(0xD800..0xDC00).contains(&last) {
            break;
        }
        until -= 1;
    }
    until
}

/// The response, once its headers are there. An error has the status 0.
fn response(xhr: &Received) -> Option<Response> {
    let status = xhr.status().unwrap_or(0);
    (xhr.ready_state() >= HEADERS_RECEIVED && status != 0).then(|| Response {
        status,
        content_type: xhr.get_response_header("Content-Type").unwrap_or(None),
        url: xhr.url().unwrap_or_default(),
    })
}

/// How a request ends.
#[derive(Clone, Copy)]
enum End {
    Body,
    Error,
    /// Aborted, and not by us.
    Stopped,
}

/// What the listeners have told.
#[derive(Default)]
struct News {
    signal: Signal,
    end: Cell<Option<End>>,
}

impl News {
    fn tell(&self, end: Option<End>) {
        self.end.set(self.end.get().or(end));
        self.signal.give();
    }

    /// Waits for the next news; tells whether the request has ended.
    async fn next(&self) -> Option<End> {
        self.signal.wait().await;
        self.end.get()
    }
}

#[wasm_bindgen]
extern "C" {
    /// What web-sys has otherwise.
    #[wasm_bindgen(extends = XmlHttpRequest)]
    type Received;
    /// Not converted: it grows, and only its new end is of interest.
    #[wasm_bindgen(method, getter, js_name = responseText)]
    fn text(this: &Received) -> JsString;
    /// Not in IE 11.
    #[wasm_bindgen(method, getter, js_name = responseURL)]
    fn url(this: &Received) -> Option<String>;
}
