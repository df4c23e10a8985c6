//! The oracle: "interpreting an event stream" once more, as naively and as literally as the Standard has it.
//!
//! It has the whole stream at once, works on characters, and is in no hurry. It shares nothing with the parser.
//!
//! <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

use serde::Deserialize;

/// What a stream comes to. A fixture's JSON file has this form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Interpretation {
    pub events: Vec<Event>,
    pub last_event_id: String,
    /// As the last `retry` field set it, in milliseconds; 2^31-1 stands for every larger number.
    pub reconnection_time: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    #[serde(rename = "type")]
    pub event_type: String,
    pub data: String,
    pub last_event_id: String,
}

#[derive(Debug)]
pub struct Oracle {
    data_buffer: String,
    event_type_buffer: String,
    last_event_id_buffer: String,
    pub interpretation: Interpretation,
    /// The last event ID string after each blank line.
    pub last_event_ids: Vec<String>,
}

impl Oracle {
    /// `last_event_id` is the event source's string when the stream begins. The buffer begins with it too, and not
    /// empty, as it does in browsers: see `Parser::new`.
    pub fn read(stream: &[u8], last_event_id: &str) -> Self {
        Self::read_decoded(&Self::decode(stream), last_event_id)
    }

    /// "Streams must be decoded using the UTF-8 decode algorithm." "The UTF-8 decode algorithm strips one leading
    /// UTF-8 Byte Order Mark (BOM), if any."
    pub fn decode(stream: &[u8]) -> String {
        let decoded = String::from_utf8_lossy(stream);
        decoded.strip_prefix('\u{FEFF}').unwrap_or(&decoded).to_string()
    }

    /// The same for what the UTF-8 decode algorithm gave: a byte order mark there is a character.
    pub fn read_decoded(text: &str, last_event_id: &str) -> Self {
        let mut oracle = Self {
            data_buffer: String::new(),
            event_type_buffer: String::new(),
            last_event_id_buffer: last_event_id.to_string(),
            interpretation: Interpretation { last_event_id: last_event_id.to_string(), ..Default::default() },
            last_event_ids: Vec::new(),
        };
        for line in lines(text) {
            oracle.process_line(&line);
        }
        oracle
    }

    fn process_line(&mut self, line: &str) {
        if line.is_empty() {
            // "If the line is empty (a blank line): dispatch the event, as defined below."
            self.dispatch_the_event();
        } else if line.starts_with(':') {
            // "If the line starts with a U+003A COLON character (:): ignore the line."
        } else if line.contains(':') {
            // "If the line contains a U+003A COLON character (:): collect the characters on the line before the first
            // U+003A COLON character (:), and let field be that string. Collect the characters on the line after the
            // first U+003A COLON character (:), and let value be that string. If value starts with a U+0020 SPACE
            // character, remove it from value."
            let field: String = line.chars().take_while(|character| *character != ':').collect();
            let mut value: String = line.chars().skip_while(|character| *character != ':').skip(1).collect();
            if value.starts_with(' ') {
                value.remove(0);
            }
            self.process_field(&field, &value);
        } else {
            // "Otherwise, the string is not empty but does not contain a U+003A COLON character (:): process the field
            // (…) using the whole line as the field name, and the empty string as the field value."
            self.process_field(line, "");
        }
    }

    fn process_field(&mut self, name: &str, value: &str) {
        match name {
            // "Set the event type buffer to the field value."
            "event" => self.event_type_buffer = value.to_string(),
            // "Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the
            // data buffer."
            "data" => {
                self.data_buffer.push_str(value);
                self.data_buffer.push('\n');
            }
            // "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field value.
            // Otherwise, ignore the field."
            "id" if !value.contains('\0') => self.last_event_id_buffer = value.to_string(),
            // "If the field value consists of only ASCII digits, then interpret the field value as an integer in base
            // ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field." The
            // empty string is no integer in base ten.
            "retry" if !value.is_empty() && value.chars().all(|character| character.is_ascii_digit()) => {
                // Digits alone are a number unless it is too large.
                self.interpretation.reconnection_time = Some(value.parse().unwrap_or(u32::MAX).min(i32::MAX as u32));
            }
            // "Otherwise: the field is ignored."
            _ => {}
        }
    }

    fn dispatch_the_event(&mut self) {
        // 1. "Set the last event ID string of the event source to the value of the last event ID buffer. The buffer does
        //    not get reset, so the last event ID string of the event source remains set to this value until the next
        //    time it is set by the server."
        self.interpretation.last_event_id = self.last_event_id_buffer.clone();
        self.last_event_ids.push(self.last_event_id_buffer.clone());
        // 2. "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string
        //    and return."
        if self.data_buffer.is_empty() {
            self.event_type_buffer = String::new();
            return;
        }
        // 3. "If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character
        //    from the data buffer."
        if self.data_buffer.ends_with('\n') {
            self.data_buffer.pop();
        }
        // 4. and 5. "Initialize event's type attribute to 'message', its data attribute to data, (…) and its
        //    lastEventId attribute to the last event ID string of the event source."
        let mut event = Event {
            event_type: "message".to_string(),
            data: self.data_buffer.clone(),
            last_event_id: self.interpretation.last_event_id.clone(),
        };
        // 6. "If the event type buffer has a value other than the empty string, change the type of the newly created
        //    event to equal the value of the event type buffer."
        if !self.event_type_buffer.is_empty() {
            event.event_type = self.event_type_buffer.clone();
        }
        // 7. "Set the data buffer and the event type buffer to the empty string."
        self.data_buffer = String::new();
        self.event_type_buffer = String::new();
        // 8. "Queue a task which (…) dispatches the newly created event".
        self.interpretation.events.push(event);
    }
}

/// "A U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE FEED (LF) character not preceded
/// by a U+000D CARRIAGE RETURN (CR) character, and a single U+000D CARRIAGE RETURN (CR) character not followed by a
/// U+000A LINE FEED (LF) character being the ways in which a line can end."
///
/// "Once the end of the file is reached, any pending data must be discarded": a line without an end is no line.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' && characters.peek() == Some(&'\n') {
            characters.next();
        }
        if character == '\r' || character == '\n' {
            lines.push(std::mem::take(&mut line));
        } else {
            line.push(character);
        }
    }
    lines
}
