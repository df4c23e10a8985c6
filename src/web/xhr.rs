//! `XMLHttpRequest` text -> inputs, for engines whose `fetch` has no streams or can't be aborted. Obeys; decides nothing.
//!
//! It always decodes as UTF-8 and takes a byte order mark away itself. It keeps all text until its end.

use std::rc::Rc;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

use super::{Driven, Source};
use crate::byte_string::byte_string;
use crate::{Attempt, Input, Refusal, Request, Response};

const HEADERS_RECEIVED: u16 = 2;
const DONE: u16 = 4;
const REPLACEMENT_CHARACTER: u16 = 0xFFFD;
/// Of a UTF-8 sequence that is unfinished, in bytes.
const LONGEST_START: u32 = 3;

/// A request under way. Dropping it aborts the request.
pub(super) struct Xhr {
    attempt: Attempt,
    request: Received,
    responded: bool,
    /// How many UTF-16 units of the text have been handed on.
    taken: u32,
}

impl Drop for Xhr {
    fn drop(&mut self) {
        // It only fails where the interface says that it may, which no engine does.
        let _ = self.request.abort();
    }
}

impl Xhr {
    /// Sends the request and reads its response until the end.
    pub(super) fn request(driven: &Rc<Driven>, request: &Request) -> Self {
        let attempt = request.attempt;
        // The constructor does not fail; the interface only says that it may.
        let xhr = XmlHttpRequest::new().unwrap_or_else(|_| std::process::abort());
        driven.source.requesting(&request.url, &xhr);
        driven.source.listen(attempt.0, &xhr);
        #[cfg(feature = "options")]
        let is_sent = super::options::send_own(&driven.source, &xhr, request);
        #[cfg(not(feature = "options"))]
        let is_sent = false;
        if !is_sent && send(&xhr, request, driven.source.with_credentials()).is_err() {
            driven.source.explain(attempt.0);
        }
        Self { attempt, request: xhr.unchecked_into(), responded: false, taken: 0 }
    }

    /// One of the request's events says something new, or tells of its end. Hands on one thing, and tells whether to be
    /// called again for what comes after it.
    pub(super) fn progressed(&mut self, driven: &Rc<Driven>, end: Option<End>) -> bool {
        if !self.responded
            && let Some(response) = response(&driven.source, &self.request)
        {
            self.responded = true;
            driven.handle(self.attempt, Input::Response(response));
            return true;
        }
        if self.responded {
            let goes_on = self.request.ready_state() != DONE;
            // A body that has ended grows no more, and the source waits before it reconnects.
            if goes_on {
                driven.handle(self.attempt, Input::Held(self.taken as usize));
            }
            if self.take(driven, goes_on) {
                return end.is_some();
            }
        }
        match end {
            None => {}
            Some(End::Stopped) => driven.handle(self.attempt, Input::Refused(Refusal::Stopped)),
            #[cfg(feature = "options")]
            Some(End::Error) if self.responded => driven.handle(self.attempt, Input::Broken),
            Some(_) if self.responded => driven.handle(self.attempt, Input::End),
            Some(_) => driven.source.explain(self.attempt.0),
        }
        false
    }

    /// Hands the new text on, if there is any.
    fn take(&mut self, driven: &Rc<Driven>, goes_on: bool) -> bool {
        let text = self.request.text();
        let until = settled(&text, self.taken, goes_on);
        let is_new = until > self.taken;
        if is_new {
            let new = String::from(text.slice(self.taken, until));
            self.taken = until;
            driven.handle(self.attempt, Input::Text(&new));
        }
        is_new
    }
}

fn send(xhr: &XmlHttpRequest, request: &Request, with_credentials: bool) -> Result<(), JsValue> {
    xhr.open("GET", &request.url)?;
    // Before `open` IE 11 refuses it.
    xhr.set_with_credentials(with_credentials);
    xhr.override_mime_type("text/plain;charset=utf-8")?;
    xhr.set_request_header("Accept", "text/event-stream")?;
    if let Some(id) = &request.last_event_id {
        xhr.set_request_header("Last-Event-ID", &byte_string(id))?;
    }
    if !request.cross_origin && request.url.starts_with("http") {
        // There is no cache mode, and IE 11 takes GETs from its cache. (Other schemes have none, and take no headers.)
        xhr.set_request_header("Cache-Control", "no-cache")?;
    }
    xhr.send()
}

/// How far the text won't change: some engines show the start of an unfinished UTF-8 sequence as U+FFFD, and half of
/// a surrogate pair is no character yet.
fn settled(text: &JsString, taken: u32, goes_on: bool) -> u32 {
    let mut until = text.length();
    // Each byte of a start may be shown as one.
    let least = taken.max(until.saturating_sub(LONGEST_START));
    while goes_on && until > least {
        let last = text.char_code_at(until - 1) as u16;
        if last != REPLACEMENT_CHARACTER && !(0xD800..0xDC00).contains(&last) {
            break;
        }
        until -= 1;
    }
    until
}

/// The response, once its headers are there. An error has the status 0.
#[cfg_attr(not(feature = "options"), expect(unused_variables, reason = "it tells of options"))]
fn response(source: &Source, xhr: &Received) -> Option<Response> {
    let status = xhr.status().unwrap_or(0);
    (xhr.ready_state() >= HEADERS_RECEIVED && status != 0).then(|| Response {
        status,
        content_type: xhr.get_response_header("Content-Type").unwrap_or(None),
        url: xhr.url().unwrap_or_default(),
        #[cfg(feature = "options")]
        retry_after: source.retry_after(),
    })
}

/// How a request ends.
#[derive(Clone, Copy)]
pub(super) enum End {
    Body,
    Error,
    /// Aborted, and not by us.
    Stopped,
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
