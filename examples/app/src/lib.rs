//! An app that shows a stream of prices: what `?stream=URL` in the page's address names, each event's data as JSON.

use std::error::Error;

use eventsource_wasm::{Event, EventSource};
use futures_util::StreamExt;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{Document, window};

/// The data of an event `price`.
#[derive(Deserialize)]
struct Price {
    symbol: String,
    price: f64,
}

#[wasm_bindgen(start)]
async fn start() {
    let document = window().and_then(|window| window.document()).expect("a page");
    if let Err(error) = show_prices(&document).await {
        log(&document, &format!("failed: {error}"));
    }
}

async fn show_prices(document: &Document) -> Result<(), Box<dyn Error>> {
    let address = document.location().and_then(|location| location.search().ok()).unwrap_or_default();
    let mut source = EventSource::new(address.strip_prefix("?stream=").unwrap_or("/stream"))?;
    while let Some(event) = source.next().await {
        match event? {
            Event::Open { url } => log(document, &format!("open: {url}")),
            Event::Error { reason, retry_in } => log(document, &format!("lost: {reason:?}, again in {retry_in:?}")),
            Event::Message(message) if message.event_type == "price" => {
                let Price { symbol, price } = message.json()?;
                log(document, &format!("{symbol} {price:.2} (id {})", message.last_event_id));
            }
            Event::Message(message) if message.event_type == "bye" => {
                // Dropping the source would do as well.
                source.close();
                log(document, &format!("closed: {:?}", source.ready_state()));
            }
            Event::Message(_) => {}
        }
    }
    log(document, "the end");
    Ok(())
}

/// A line more on the page.
fn log(document: &Document, line: &str) {
    let element = document.create_element("li").expect("HTML has it");
    element.set_text_content(Some(line));
    document.body().expect("a page").append_child(&element).expect("the body takes it");
}
