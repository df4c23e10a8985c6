//! What the parser takes of the allocator for an event, once it has memory for a chunk: nothing. (The core in WebAssembly has an
//! allocator of its own.)
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use eventsource_wasm::Parser;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: all is the system's; that a thread is counted in a number of its own allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn events_like_those_before_allocate_nothing_however_they_are_cut() {
    for event in [
        "data: 1\n\n".to_owned(),
        "event: update\nid: 7\ndata: é世😀\n\n".into(),
        "id: 1\ndata: a\n\nid: 2\nevent: b\r\ndata: a\r\ndata: b\r\n\r\n: comment\nretry: 5\n\n".into(),
        format!("data: {}\n\n", "x".repeat(1000)),
    ] {
        let stream = event.repeat(100);
        for size in [stream.len(), event.len(), 1000, 64, 7, 1] {
            let mut parser = Parser::new("");
            let mut feed = || {
                let before = ALLOCATIONS.get();
                let mut batches_with_events = 0;
                for chunk in stream.as_bytes().chunks(size) {
                    let batch = parser.feed(chunk).batch;
                    batches_with_events += usize::from(batch.has_events());
                    parser.recycle(batch);
                }
                assert!(batches_with_events > 0);
                ALLOCATIONS.get() - before
            };
            assert!(feed() > 0, "{event}, by {size} bytes");
            assert_eq!(feed(), 0, "{event}, by {size} bytes");
        }
    }
}
