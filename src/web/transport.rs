//! Which transport this engine gets.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    Fetch,
    Xhr,
}

impl Transport {
    /// `fetch` where its bodies are streams and it can be aborted, else `XMLHttpRequest`.
    pub(super) fn of_engine() -> Self {
        let global = js_sys::global();
        let streams = get(&global, "Response").is_some_and(|class| {
            get(&class, "prototype").is_some_and(|prototype| Reflect::has(&prototype, &"body".into()).unwrap_or(false))
        });
        if streams && get(&global, "AbortController").is_some() { Self::Fetch } else { Self::Xhr }
    }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}
