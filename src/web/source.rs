//! The object of `js/link.js`, as the core sees it: what it tells the core, and what the core reports to it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    pub type Source;

    /// Not 0, and no other source's.
    #[wasm_bindgen(method, getter)]
    pub fn id(this: &Source) -> u32;
    #[wasm_bindgen(method, getter, js_name = requestUrl)]
    pub fn request_url(this: &Source) -> String;
    #[wasm_bindgen(method, getter, js_name = withCredentials)]
    pub fn with_credentials(this: &Source) -> bool;
    #[wasm_bindgen(method, getter, js_name = lastEventId)]
    pub fn last_event_id(this: &Source) -> String;
    /// Milliseconds; `undefined` until a `retry` field has said something.
    #[wasm_bindgen(method, getter, js_name = reconnectionTime)]
    pub fn reconnection_time(this: &Source) -> Option<u32>;
    /// Another instance had it, and is lost.
    #[wasm_bindgen(method, getter)]
    pub fn resumes(this: &Source) -> bool;
    #[wasm_bindgen(method, getter, js_name = pageOrigin)]
    pub fn page_origin(this: &Source) -> String;
    #[wasm_bindgen(method, getter, js_name = pageIsHttps)]
    pub fn page_is_https(this: &Source) -> bool;

    /// What has an `abort()` that ends the request that begins now, for the case that this instance no longer can.
    #[wasm_bindgen(method)]
    pub fn requesting(this: &Source, abortable: &JsValue);
    #[wasm_bindgen(method)]
    pub fn opened(this: &Source, url: &str);
    #[wasm_bindgen(method)]
    pub fn deliver(this: &Source, text: &str, lengths: &[usize]) -> Option<Turn>;
    #[wasm_bindgen(method, js_name = setReconnectionTime)]
    pub fn set_reconnection_time(this: &Source, milliseconds: u32);
    #[wasm_bindgen(method)]
    pub fn errored(this: &Source, failed: bool);
    #[wasm_bindgen(method, js_name = warnIdRefused)]
    pub fn warn_id_refused(this: &Source);
}

/// Resolves when the last event of a batch has been dispatched; never rejects.
pub type Turn = js_sys::Promise;
