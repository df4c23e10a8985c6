//! axum's `Sse`: what streams.mjs describes, in its words. Prints its origin when it listens.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream, StreamExt};

const PAUSE: Duration = Duration::from_millis(50);
const LAST: u32 = 40;
const AT_ONCE: u32 = 10;

fn tick(id: u32) -> Event {
    Event::default().id(id.to_string()).data(format!("tick {id}"))
}

fn next_id(headers: &HeaderMap) -> u32 {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    last.and_then(|id| id.parse().ok()).unwrap_or(0) + 1
}

/// A stream that cannot fail.
fn events(events: impl Stream<Item = Event>) -> impl Stream<Item = Result<Event, Infallible>> {
    events.map(Ok)
}

async fn auth(headers: HeaderMap) -> Response {
    let id = next_id(&headers);
    let token = headers.get(header::AUTHORIZATION);
    if token.is_none_or(|token| token != format!("Bearer {id}").as_str()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Sse::new(events(stream::iter([tick(id)]))).into_response()
}

async fn answer(Json(texts): Json<Vec<String>>) -> impl IntoResponse {
    Sse::new(events(stream::iter(texts).map(|text| Event::default().event("text").data(text))))
}

fn next_events(headers: &HeaderMap) -> impl Stream<Item = Event> + use<> {
    let first = next_id(headers);
    stream::iter(first..(LAST + 1).min(first + AT_ONCE)).map(tick)
}

async fn feed(headers: HeaderMap) -> impl IntoResponse {
    Sse::new(events(next_events(&headers)))
}

async fn drop(headers: HeaderMap) -> impl IntoResponse {
    // An error in the stream is what ends a connection here; only whole events can be sent.
    let broken = stream::once(async {
        tokio::time::sleep(PAUSE).await;
        Err(io::Error::other("dropped"))
    });
    Sse::new(next_events(&headers).map(Ok).chain(broken))
}

async fn heartbeats(heartbeat: Duration, long: Duration) -> impl IntoResponse {
    let second = stream::once(async move {
        tokio::time::sleep(long).await;
        tick(2)
    });
    let all = stream::iter([tick(1)]).chain(second).chain(stream::pending());
    Sse::new(events(all)).keep_alive(KeepAlive::new().interval(heartbeat))
}

async fn silent(headers: HeaderMap) -> impl IntoResponse {
    Sse::new(events(stream::iter([tick(next_id(&headers))]).chain(stream::pending())))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let milliseconds = |n| std::env::args().nth(n).and_then(|argument| argument.parse().ok()).expect("HEARTBEAT LONG");
    let [heartbeat, long] = [1, 2].map(|n| Duration::from_millis(milliseconds(n)));
    let app = Router::new()
        .route("/", get(async || "A page"))
        .route("/auth", get(auth))
        .route("/answer", post(answer))
        .route("/feed", get(feed))
        .route("/drop", get(drop))
        .route("/heartbeats", get(move || heartbeats(heartbeat, long)))
        .route("/silent", get(silent));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await
}
