//! `memcpy`, which takes eight bytes at once wherever they stand. The one that comes with Rust goes by aligned words of four bytes,
//! and WebAssembly's MVP has no instruction for it.

const WORD: usize = size_of::<u64>();

/// # Safety
/// As C has it: both have so many bytes, and do not overlap.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    let mut at = 0;
    // SAFETY: all of it is before `count`.
    unsafe {
        while count - at >= WORD {
            to.add(at).cast::<u64>().write_unaligned(from.add(at).cast::<u64>().read_unaligned());
            at += WORD;
        }
        while at < count {
            to.add(at).write(from.add(at).read());
            at += 1;
        }
    }
    to
}
