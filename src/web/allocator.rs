//! The core's allocator: a list of what is free, the smallest that there is. The core has few and mostly large pieces of memory.

use std::alloc::{GlobalAlloc, Layout};
use std::ptr;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

/// Behind functions that are not inlined: where they are, each of their many calls is as large as they.
pub(super) struct Allocator(AssumeSingleThreaded<FreeListAllocator>);

impl Allocator {
    pub(super) const fn new() -> Self {
        // SAFETY: an instance of the core belongs to one thread: its memory is not shared.
        Self(unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) })
    }
}

// SAFETY: it is the other allocator; and `realloc` is what the trait does by itself.
unsafe impl GlobalAlloc for Allocator {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        unsafe { self.0.alloc(layout) }
    }

    #[inline(never)]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { self.0.dealloc(pointer, layout) }
    }

    #[inline(never)]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that `size` is right for this alignment, and that `pointer` has this layout.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(pointer, new, layout.size().min(size));
                self.dealloc(pointer, layout);
            }
            new
        }
    }
}
