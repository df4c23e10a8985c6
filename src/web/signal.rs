//! A signal from a callback of the browser to the one task that waits for it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

#[derive(Default)]
pub(super) struct Signal(RefCell<State>);

#[derive(Default)]
struct State {
    given: bool,
    waiting: Option<Waker>,
}

impl Signal {
    pub(super) fn give(&self) {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.given = true;
            state.waiting.take()
        };
        if let Some(waiting) = waiting {
            waiting.wake();
        }
    }

    /// Waits for a signal that has not been waited for.
    pub(super) async fn wait(&self) {
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            if std::mem::take(&mut state.given) {
                return Poll::Ready(());
            }
            state.waiting = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
