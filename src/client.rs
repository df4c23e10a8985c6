//! `EventSource` for apps in Rust: a stream of what happens to the connection.
//!
//! Owns the order of things, as `web` does for JavaScript: an input goes in, then every output is carried out. It decides nothing,
//! and does nothing while nobody polls it.

mod event;
mod init;
mod transport;

use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;

use futures_core::Stream;
use gloo_timers::future::TimeoutFuture;

use crate::{Attempt, Batch, Connection, DEFAULT_RECONNECTION_TIME, Input, Output, Reconnection};
pub use event::{Event, Failure, ReadyState};
pub use init::{EventSourceInit, InvalidUrl};
use transport::{News, Transport, page, random_seed, resolve, warn_id_refused};

/// An event source: <https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface>
///
/// A [`Stream`] of [`Event`]s that connects when it is first polled, and again whenever the Standard says so. It ends after
/// [`close`](Self::close), or after the [`Failure`] that makes the Standard give up. Dropping it closes it. Bytes are only read from
/// the network when it is polled.
///
/// ```no_run
/// use eventsource_wasm::{Event, EventSource};
/// use futures_util::StreamExt;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let mut source = EventSource::new("/stream")?;
/// while let Some(event) = source.next().await {
///     if let Event::Message(message) = event? {
///         println!("{}: {}", message.event_type, message.data);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct EventSource {
    url: String,
    with_credentials: bool,
    ready_state: ReadyState,
    last_event_id: String,
    connection: Connection,
    /// What has happened and is not told yet.
    events: VecDeque<Result<Event, Failure>>,
    /// What is under way for the connection. Dropping it ends it.
    work: Option<(Attempt, Work)>,
    /// For a sign of life.
    watch: Option<(Attempt, TimeoutFuture)>,
}

#[derive(Debug)]
enum Work {
    Transport(Transport),
    Wait(TimeoutFuture),
}

impl EventSource {
    /// As `new EventSource(url)`: the URL may be relative to the page's.
    ///
    /// # Errors
    /// When the URL can't be parsed.
    pub fn new(url: &str) -> Result<Self, InvalidUrl> {
        Self::with_init(url, EventSourceInit::default())
    }

    /// As `new EventSource(url, init)`, with what the Standard's dictionary has and more.
    ///
    /// # Errors
    /// When the URL can't be parsed.
    pub fn with_init(url: &str, init: EventSourceInit) -> Result<Self, InvalidUrl> {
        let url = resolve(url).ok_or_else(|| InvalidUrl { url: url.into() })?;
        let EventSourceInit { with_credentials, last_event_id, policy, pacing } = init;
        let reconnection = Reconnection::paced(DEFAULT_RECONNECTION_TIME, random_seed(), pacing);
        Ok(Self {
            connection: Connection::obeying(policy, page(), url.clone(), last_event_id.clone(), reconnection),
            url,
            with_credentials,
            ready_state: ReadyState::Connecting,
            last_event_id,
            events: VecDeque::new(),
            work: None,
            watch: None,
        })
    }

    /// `url`: absolute, as it was asked for.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `withCredentials`
    pub fn with_credentials(&self) -> bool {
        self.with_credentials
    }

    /// `readyState`, as it is after the events so far.
    pub fn ready_state(&self) -> ReadyState {
        self.ready_state
    }

    /// `close()`: ends what is under way. Nothing more comes of the stream but its end.
    pub fn close(&mut self) {
        self.connection.close();
        self.end();
        self.events.clear();
    }

    fn end(&mut self) {
        self.ready_state = ReadyState::Closed;
        self.work = None;
        self.watch = None;
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Request(request) => {
                let transport = Transport::request(&request, self.with_credentials);
                self.work = Some((request.attempt, Work::Transport(transport)));
            }
            Output::Probe { attempt, url } => {
                self.work = Some((attempt, Work::Transport(Transport::probe(&url, self.with_credentials))));
            }
            Output::Wait { attempt, milliseconds } => {
                self.work = Some((attempt, Work::Wait(TimeoutFuture::new(milliseconds))));
            }
            Output::Watch { attempt, milliseconds } => self.watch = Some((attempt, TimeoutFuture::new(milliseconds))),
            // There is nobody to ask.
            Output::Ask { attempt, .. } => self.connection.handle(attempt, Input::Decided { retries: None }),
            Output::Abort => self.work = None,
            Output::Open { url } => {
                self.ready_state = ReadyState::Open;
                self.events.push_back(Ok(Event::Open { url }));
            }
            Output::Dispatch(batch) => self.dispatch(batch),
            // They stand in line before the failure.
            Output::AwaitDelivery { attempt } => self.connection.handle(attempt, Input::Delivered),
            Output::ReconnectionTime(_) => {}
            Output::Error { failed: true, loss } => {
                self.end();
                self.events.push_back(Err(Failure { reason: loss.reason }));
            }
            Output::Error { failed: false, loss } => {
                self.ready_state = ReadyState::Connecting;
                let retry_in = loss.retry_in.map(|milliseconds| Duration::from_millis(milliseconds.into()));
                self.events.push_back(Ok(Event::Error { reason: loss.reason, retry_in }));
            }
            Output::WarnIdRefused => warn_id_refused(&self.url),
        }
    }

    fn dispatch(&mut self, batch: Batch) {
        let mut messages = batch.messages(&self.last_event_id);
        self.events.extend(messages.by_ref().map(|message| Ok(Event::Message(message.into_owned()))));
        self.last_event_id = messages.last_event_id().to_string();
        self.connection.recycle(batch);
    }

    /// Hands the machine what has happened, if something has.
    fn poll_input(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some((attempt, watch)) = &mut self.watch
            && Pin::new(watch).poll(context).is_ready()
        {
            let attempt = *attempt;
            self.watch = None;
            self.connection.handle(attempt, Input::WatchOver);
            return Poll::Ready(());
        }
        let Some((attempt, work)) = &mut self.work else { return Poll::Pending };
        let attempt = *attempt;
        let news = match work {
            Work::Wait(wait) => ready!(Pin::new(wait).poll(context).map(|()| News::Last(Input::WaitOver))),
            Work::Transport(transport) => ready!(transport.poll(context)),
        };
        match news {
            News::Response(response) => self.connection.handle(attempt, Input::Response(response)),
            News::Chunk(bytes) => self.connection.handle(attempt, Input::Chunk(&bytes)),
            News::Last(input) => {
                self.work = None;
                self.connection.handle(attempt, input);
            }
        }
        Poll::Ready(())
    }
}

impl Stream for EventSource {
    type Item = Result<Event, Failure>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(event) = this.events.pop_front() {
                return Poll::Ready(Some(event));
            }
            if this.ready_state == ReadyState::Closed {
                return Poll::Ready(None);
            }
            if let Some(output) = this.connection.next_output() {
                this.carry_out(output);
                continue;
            }
            ready!(this.poll_input(context));
        }
    }
}
