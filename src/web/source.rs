//! The object of `js/link.js`, as the core sees it: what it tells the core, what it does for a driver, and what the core
//! reports to it.

use wasm_bindgen::prelude::*;

use super::fetch::{Dictionary, Reader};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub type Source;

    /// Not 0, and no other source's.
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Source) -> u32;
    #[wasm_bindgen(method, getter, js_name = withCredentials)]
    pub fn with_credentials(this: &Source) -> bool;
    /// Milliseconds; `undefined` until a `retry` field has said something.
    #[wasm_bindgen(method, getter, js_name = reconnectionTime)]
    pub fn reconnection_time(this: &Source) -> Option<u32>;
    /// Another instance had it, and is lost.
    #[wasm_bindgen(method, getter)]
    pub fn resumes(this: &Source) -> bool;
    #[wasm_bindgen(method, getter, js_name = pageIsHttps)]
    pub fn page_is_https(this: &Source) -> bool;
    /// Whether its requests go by `fetch`, else by `XMLHttpRequest`.
    #[wasm_bindgen(method, getter)]
    pub fn fetches(this: &Source) -> bool;
    /// A random number, for the jitter of its waits.
    #[wasm_bindgen(method, getter)]
    pub fn seed(this: &Source) -> u32;

    /// A request to the URL begins. `abortable` has an `abort()` that ends it, for the case that this instance no longer
    /// can; it may be `undefined`.
    #[wasm_bindgen(method)]
    pub fn requesting(this: &Source, url: &str, abortable: &JsValue);
    /// Calls `fetch`; its promise's end comes to `Handle::answered` or `Handle::rejected`.
    #[wasm_bindgen(method)]
    pub fn fetch(this: &Source, attempt: u32, url: &str, init: &Dictionary);
    /// Reads on and on; what comes goes to `Handle::chunk`, and the end to `Handle::ended`.
    #[wasm_bindgen(method)]
    pub fn read(this: &Source, attempt: u32, reader: &Reader);
    /// Calls `cancel` on the reader; how that ends is nobody's concern.
    #[wasm_bindgen(method)]
    pub fn cancel(this: &Source, reader: &Reader);
    /// What comes for the request comes to `Handle::progressed`.
    #[wasm_bindgen(method)]
    pub fn listen(this: &Source, attempt: u32, request: &JsValue);
    /// The request was refused: finds out by whom, and calls `Handle::refused`.
    #[wasm_bindgen(method)]
    pub fn explain(this: &Source, attempt: u32);

    #[wasm_bindgen(method)]
    pub fn opened(this: &Source, url: &str);
    /// Nothing more comes to the handle from its transport until all events are dispatched.
    #[wasm_bindgen(method)]
    pub fn deliver(this: &Source, text: &str, lengths: &[usize]);
    #[wasm_bindgen(method, js_name = setReconnectionTime)]
    pub fn set_reconnection_time(this: &Source, milliseconds: u32);
    #[cfg(not(feature = "options"))]
    #[wasm_bindgen(method)]
    pub fn errored(this: &Source, failed: bool);
    #[wasm_bindgen(method, js_name = warnIdRefused)]
    pub fn warn_id_refused(this: &Source);
}
