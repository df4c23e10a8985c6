//! A scenario of the test server (`tests/server.mjs`, which documents the steps).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::prelude::*;

/// Where the server is: `scripts/test-wasm.mjs` starts it and says so.
const ORIGIN: &str = env!("TEST_SERVER_ORIGIN", "run it by `npm run test:wasm`");
const CONTROL_ORIGIN: &str = env!("TEST_SERVER_CONTROL_ORIGIN", "run it by `npm run test:wasm`");

#[wasm_bindgen(module = "/tests/web/recorder.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn transport(method: &str, url: &str, body: JsValue) -> Result<JsValue, JsValue>;
}

/// One step of a response; one of the members is there.
#[derive(Default, Serialize)]
pub struct Step {
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Head>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<bool>,
}

#[derive(Serialize)]
struct Head {
    status: u16,
    headers: BTreeMap<String, String>,
}

/// A response that stays open after its body.
pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<Step> {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    vec![
        Step { head: Some(Head { status, headers }), ..Step::default() },
        Step { write: Some(body.into()), ..Step::default() },
    ]
}

/// An event stream that other origins may read, and that stays open.
pub fn stream(body: &str) -> Vec<Step> {
    answer(200, &[("Content-Type", "text/event-stream"), ("Access-Control-Allow-Origin", "*")], body)
}

pub fn ended(mut steps: Vec<Step>) -> Vec<Step> {
    steps.push(Step { end: Some(true), ..Step::default() });
    steps
}

/// What the server has recorded of one request, as far as the tests look at it.
#[derive(Debug, Deserialize)]
pub struct Recorded {
    pub method: String,
    /// By names in lower case.
    pub headers: BTreeMap<String, String>,
}

pub struct Scenario {
    pub url: String,
    control: String,
}

impl Scenario {
    /// A scenario whose server takes no other headers than those that need no preflight.
    pub async fn register(responses: Vec<Vec<Step>>) -> Self {
        Self::register_with(responses, Head { status: 404, headers: BTreeMap::new() }).await
    }

    /// A scenario whose server takes `Last-Event-ID` from other origins.
    pub async fn register_for_ids(responses: Vec<Vec<Step>>) -> Self {
        let headers = [("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "Last-Event-ID")]
            .map(|(name, value)| (name.to_string(), value.to_string()));
        Self::register_with(responses, Head { status: 204, headers: headers.into() }).await
    }

    async fn register_with(responses: Vec<Vec<Step>>, preflight: Head) -> Self {
        #[derive(Serialize)]
        struct Body {
            responses: Vec<Vec<Step>>,
            preflight: Head,
        }
        #[derive(Deserialize)]
        struct Registered {
            id: String,
            path: String,
        }
        let body = Body { responses, preflight }.serialize(&Serializer::json_compatible()).unwrap();
        let url = format!("{CONTROL_ORIGIN}/scenarios");
        let registered: Registered = from_value(transport("POST", &url, body).await.unwrap()).unwrap();
        Self { url: format!("{ORIGIN}{}", registered.path), control: format!("{url}/{}", registered.id) }
    }

    /// Waits until so many requests have come.
    pub async fn requests(&self, count: usize) -> Vec<Recorded> {
        self.record(&format!("requests={count}")).await
    }

    /// Waits until so many connections are closed.
    pub async fn closed(&self, count: usize) -> Vec<Recorded> {
        self.record(&format!("closed={count}")).await
    }

    async fn record(&self, condition: &str) -> Vec<Recorded> {
        #[derive(Deserialize)]
        struct Record {
            requests: Vec<Recorded>,
        }
        let url = format!("{}?{condition}", self.control);
        let record: Record = from_value(transport("GET", &url, JsValue::UNDEFINED).await.unwrap()).unwrap();
        record.requests
    }
}
