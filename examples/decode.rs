//! Prints the events of a stream that comes by the standard input:
//! `curl -sN http://127.0.0.1:8844/stream | cargo run --example decode`

use std::io::{self, Read};

use eventsource_wasm::Decoder;

fn main() -> io::Result<()> {
    let mut decoder = Decoder::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        let length = io::stdin().read(&mut chunk)?;
        if length == 0 {
            return Ok(());
        }
        for message in decoder.feed(&chunk[..length]) {
            println!("{} {:?} id={:?}", message.event_type, message.data, message.last_event_id);
        }
    }
}
