//! `memcpy`, which takes eight bytes at once wherever they stand. The one that comes with Rust goes by aligned words of four bytes,
//! and WebAssembly's MVP has no instruction for it.

const WORD: usize = size_of::<u64>();

/// # Safety
/// As C has it: both have so many bytes, and do not overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    // SAFETY: all of it is before `count`.
    unsafe {
        if count >= WORD {
            let last = count - WORD;
            let mut at = 0;
            while at < last {
                copy::<u64>(to, from, at);
                at += WORD;
            }
            // Some of it may be copied already.
            copy::<u64>(to, from, last);
        } else if count >= 4 {
            copy::<u32>(to, from, 0);
            copy::<u32>(to, from, count - 4);
        } else {
            let mut at = 0;
            while at < count {
                copy::<u8>(to, from, at);
                at += 1;
            }
        }
    }
    to
}

/// # Safety
/// There are as many bytes from there on.
unsafe fn copy<Piece>(to: *mut u8, from: *const u8, at: usize) {
    // SAFETY: as above.
    unsafe { to.add(at).cast::<Piece>().write_unaligned(from.add(at).cast::<Piece>().read_unaligned()) }
}
