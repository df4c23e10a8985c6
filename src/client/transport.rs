//! `fetch` and the reader of its body, as futures -> inputs. Obeys; decides nothing.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use js_sys::{Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestInit};
use web_sys::{RequestMode, Url};

use crate::byte_string::byte_string;
use crate::{Input, Page, Refusal, Request, Response};

/// A request under way. Dropping it ends it.
#[derive(Debug)]
pub(super) struct Transport {
    controller: Option<AbortController>,
    step: Step,
}

/// What is waited for.
#[derive(Debug)]
enum Step {
    /// There is no fetch, or it takes no such request.
    Refused,
    Probe(JsFuture),
    Answer(JsFuture),
    Body(ReadableStreamDefaultReader, JsFuture),
    /// There is no body.
    Empty,
}

/// What comes of a request.
pub(super) enum News {
    Response(Response),
    Chunk(Vec<u8>),
    /// Nothing comes after it.
    Last(Input<'static>),
}

impl Drop for Transport {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

impl Transport {
    /// Sends the request for the stream.
    pub(super) fn request(request: &Request, with_credentials: bool) -> Self {
        let init = RequestInit::new();
        if let Ok(headers) = headers(request) {
            init.set_headers(&headers);
        }
        Self::send(&request.url, &init, with_credentials, Step::Answer)
    }

    /// Asks whether the URL answers anything at all: by HEAD, which starts no stream.
    pub(super) fn probe(url: &str, with_credentials: bool) -> Self {
        let init = RequestInit::new();
        init.set_method("HEAD");
        init.set_mode(RequestMode::NoCors);
        Self::send(url, &init, with_credentials, Step::Probe)
    }

    fn send(url: &str, init: &RequestInit, with_credentials: bool, step: fn(JsFuture) -> Step) -> Self {
        let controller = AbortController::new().ok();
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(if with_credentials {
            RequestCredentials::Include
        } else {
            RequestCredentials::SameOrigin
        });
        init.set_signal(controller.as_ref().map(AbortController::signal).as_ref());
        let step = fetch(url, init).map_or(Step::Refused, |promise| step(JsFuture::from(promise)));
        Self { controller, step }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<News> {
        let news = match &mut self.step {
            Step::Refused => News::Last(Input::Refused(Refusal::Unknown)),
            Step::Probe(future) => {
                let answered = ready!(Pin::new(&mut *future).poll(context)).is_ok();
                News::Last(Input::Probed { answered })
            }
            Step::Answer(future) => match ready!(Pin::new(&mut *future).poll(context)) {
                Ok(answer) => News::Response(self.respond(&answer.unchecked_into())),
                Err(_) => News::Last(Input::Refused(Refusal::Unknown)),
            },
            Step::Body(reader, future) => match ready!(Pin::new(&mut *future).poll(context)) {
                Ok(result) => match chunk(&result) {
                    Some(bytes) => {
                        *future = JsFuture::from(reader.read());
                        News::Chunk(bytes)
                    }
                    None => News::Last(Input::End),
                },
                Err(_) => News::Last(Input::Broken),
            },
            Step::Empty => News::Last(Input::End),
        };
        Poll::Ready(news)
    }

    fn respond(&mut self, answer: &web_sys::Response) -> Response {
        let header = |name| answer.headers().get(name).ok().flatten();
        self.step = answer.body().map_or(Step::Empty, |body| {
            let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
            let first = JsFuture::from(reader.read());
            Step::Body(reader, first)
        });
        Response {
            status: answer.status(),
            content_type: header("Content-Type"),
            url: answer.url(),
            // A date is not looked at.
            retry_after: header("Retry-After").and_then(|seconds| seconds.parse::<u32>().ok()?.checked_mul(1000)),
        }
    }
}

fn headers(request: &Request) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "text/event-stream")?;
    if let Some(id) = &request.last_event_id {
        headers.set("Last-Event-ID", &byte_string(id))?;
    }
    Ok(headers)
}

/// The bytes of what a reader read; `None` at the end.
fn chunk(result: &JsValue) -> Option<Vec<u8>> {
    let value = Reflect::get(result, &"value".into()).ok()?;
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// The URL, made absolute by that of the page; `None` where it is none.
pub(super) fn resolve(url: &str) -> Option<String> {
    let base = of_location("href");
    base.map_or_else(|| Url::new(url), |base| Url::new_with_base(url, &base)).ok().map(|url| url.href())
}

/// The page that the app runs in; no origin outside of browsers.
pub(super) fn page() -> Page {
    let origin = Reflect::get(&global(), &"origin".into()).ok().and_then(|origin| origin.as_string());
    Page { origin: origin.unwrap_or_default(), https: of_location("protocol").as_deref() == Some("https:") }
}

fn of_location(name: &str) -> Option<String> {
    let location = Reflect::get(&global(), &"location".into()).ok()?;
    Reflect::get(&location, &name.into()).ok()?.as_string()
}

/// For the jitter of the waits.
pub(super) fn random_seed() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// The browser shows that a request was refused, and not that nothing is lost but the id.
pub(super) fn warn_id_refused(url: &str) {
    web_sys::console::warn_1(&format!("{url}: CORS refuses Last-Event-ID, so the stream goes on without it").into());
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}
