//! The streams that the parsers read: the payloads of `benches/browser/page/payloads.js`, in about the same words.

/// Bytes of a stream, at least.
const LENGTH: usize = 512 * 1024;

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789-";
const WIDE: [char; 10] = ['世', '界', '日', '本', '語', '😀', '流', '事', '件', '🎉'];

/// What a parser must make of a block. The last event ID is empty where the stream has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub event_type: String,
    pub data: String,
    pub last_event_id: String,
}

pub struct Payload {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub events: Vec<Event>,
}

/// The text of the event of a number, and what it is.
type Maker = fn(usize) -> (String, Event);

/// All of them.
pub fn payloads() -> Vec<Payload> {
    let makers: [(&'static str, Maker); 9] = [
        ("small", |number| message(ascii(number, 56))),
        ("named", named),
        ("llm", |number| message(delta(number))),
        ("multiline", multiline),
        ("big", |number| message(ascii(number, 64 * 1024))),
        ("utf8", |number| message(wide(number, 192))),
        ("comments", comments),
        ("tiny", |number| message(LETTERS[number % 26..][..1].into())),
        ("crlf", crlf),
    ];
    makers.into_iter().map(|(name, make)| payload(name, make)).collect()
}

fn payload(name: &'static str, make: Maker) -> Payload {
    let mut bytes = Vec::new();
    let mut events = Vec::new();
    while bytes.len() < LENGTH {
        let (text, event) = make(events.len());
        bytes.extend_from_slice(text.as_bytes());
        events.push(event);
    }
    Payload { name, bytes, events }
}

fn event(data: String) -> Event {
    Event { event_type: "message".into(), data, last_event_id: String::new() }
}

fn message(data: String) -> (String, Event) {
    (format!("data: {data}\n\n"), event(data))
}

fn named(number: usize) -> (String, Event) {
    let data = ascii(number, 56);
    let text = format!("event: update\nid: {number}\ndata: {data}\n\n");
    (text, Event { event_type: "update".into(), data, last_event_id: number.to_string() })
}

fn multiline(number: usize) -> (String, Event) {
    let lines: Vec<_> = (0..10).map(|line| ascii(number + line, 73)).collect();
    let text: String = lines.iter().map(|line| format!("data: {line}\n")).collect();
    (text + "\n", event(lines.join("\n")))
}

fn comments(number: usize) -> (String, Event) {
    let (text, event) = message(ascii(number, 56));
    (format!(": {}\n:\n: {}\n{text}", ascii(number, 60), ascii(number + 7, 60)), event)
}

fn crlf(number: usize) -> (String, Event) {
    let data = ascii(number, 54);
    (format!("data: {data}\r\n\r\n"), event(data))
}

/// Like a chunk of a language model's answer: 242 characters.
fn delta(number: usize) -> String {
    let head = format!(
        r#"{{"id":"chatcmpl-{number:012}","object":"chat.completion.chunk","created":1700000000,"model":"m-1","choices":[{{"index":0,"delta":{{"content":""#
    );
    let tail = r#""},"finish_reason":null}]}"#;
    let content = ascii(number, 242 - head.len() - tail.len());
    head + &content + tail
}

fn ascii(number: usize, length: usize) -> String {
    let text = format!("{number}-{}{LETTERS}", &LETTERS[number % LETTERS.len()..]);
    text.chars().cycle().take(length).collect()
}

/// Text of about that many bytes.
fn wide(number: usize, bytes: usize) -> String {
    let mut text = String::new();
    let mut characters = WIDE.iter().cycle().skip(number % WIDE.len());
    while text.len() + 3 < bytes {
        text.extend(characters.next());
    }
    text
}
