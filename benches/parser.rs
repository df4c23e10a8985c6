//! The parser beside other crates' on the host: `cargo bench`. Each stream is cut into chunks of several sizes.
//!
//! Each parser's events are compared with what was written before it is timed: it makes all of them, or ends the run. The others
//! give each event as strings of its own; ours gives batches, each a text and the lengths that cut it.

#[path = "parser/payloads.rs"]
mod payloads;
#[path = "parser/readers.rs"]
mod readers;

use std::time::Duration;

use bytes::Bytes;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

use payloads::payloads;
use readers::READERS;

/// Bytes; the last is that of a small event, as they come alone.
const CHUNKS: [usize; 3] = [64 * 1024, 1024, 64];

fn parsers(criterion: &mut Criterion) {
    for payload in payloads() {
        let mut group = criterion.benchmark_group(payload.name);
        group.throughput(Throughput::Bytes(payload.bytes.len() as u64));
        for size in CHUNKS {
            let chunks: Vec<_> = payload.bytes.chunks(size).map(Bytes::copy_from_slice).collect();
            for reader in &READERS {
                let id = BenchmarkId::new(reader.name, size);
                assert!(
                    (reader.events)(&chunks) == payload.events,
                    "{}: wrong events of {}",
                    reader.name,
                    payload.name
                );
                group.bench_with_input(id, &chunks, |bencher, chunks| {
                    bencher.iter(|| assert_eq!((reader.count)(chunks), payload.events.len()));
                });
            }
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    targets = parsers
}
criterion_main!(benches);
