// The streams that are measured. Node writes them and the page knows what must arrive, so this runs in both.
//
// A payload is a cycle of events, repeated as often as a run wants events.

/** The least length of a cycle, in bytes: several of the server's writes, so that events lie across their bounds. */
const CYCLE = 256 * 1024;

/** Without spaces, which one of the peers cuts off at the ends. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789-';
const WIDE = ['世', '界', '日', '本', '語', '😀', '流', '事', '件', '🎉'];

/** Text of that many ASCII characters, different for each number. */
function ascii(number, length) {
  const begin = number % LETTERS.length;
  const text = `${number}-${LETTERS.slice(begin)}${LETTERS}`;
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** A number's digits in a numbered event. */
const DIGITS = 12;
/** Bytes of a numbered event in the stream. */
export const NUMBERED = 64;

/** The data of an event that is like no other: Chromium keeps one copy of strings that are alike. */
export function numbered(number) {
  return String(number).padStart(DIGITS, '0') + LETTERS.slice(0, NUMBERED - DIGITS - 'data: \n\n'.length);
}

/** Text of about that many bytes of UTF-8, three or four to the character. */
function wide(number, bytes) {
  let text = '';
  for (let left = bytes, index = number; left > 3; index += 1) {
    const character = WIDE[index % WIDE.length];
    text += character;
    left -= character.length === 2 ? 4 : 3;
  }
  return text;
}

/** Like a chunk of a language model's answer. */
function delta(number) {
  const head = `{"id":"chatcmpl-${String(number).padStart(12, '0')}","object":"chat.completion.chunk","created":1700000000,"model":"m-1","choices":[{"index":0,"delta":{"content":"`;
  const tail = '"},"finish_reason":null}]}';
  return head + ascii(number, 242 - head.length - tail.length) + tail;
}

const message = (data, end = '\n') => ({ text: `data: ${data}${end}${end}`, type: 'message', data, id: '' });

/** What the event of that number is: its text in the stream, and what the page gets. */
const MAKERS = {
  small: (number) => message(ascii(number, 56)),
  named: (number) => {
    const data = ascii(number, 56);
    return { text: `event: update\nid: ${number}\ndata: ${data}\n\n`, type: 'update', data, id: String(number) };
  },
  llm: (number) => message(delta(number)),
  multiline: (number) => {
    const lines = Array.from({ length: 10 }, (_, line) => ascii(number + line, 73));
    return { text: `${lines.map((line) => `data: ${line}\n`).join('')}\n`, type: 'message', data: lines.join('\n'), id: '' };
  },
  big: (number) => message(ascii(number, 64 * 1024)),
  utf8: (number) => message(wide(number, 192)),
  comments: (number) => {
    const event = message(ascii(number, 56));
    const comments = `: ${ascii(number, 60)}\n:\n: ${ascii(number + 7, 60)}\n`;
    return { ...event, text: comments + event.text };
  },
  tiny: (number) => message(LETTERS[number % 26]),
  crlf: (number) => message(ascii(number, 54), '\r\n'),
};

export const PAYLOADS = Object.keys(MAKERS);

/**
 * @param {string} name one of PAYLOADS
 * @returns {{type: string, events: {type: string, data: string, id: string}[], bytes: Uint8Array, characters: number}}
 *   `type` is what all events have; `bytes` is the cycle's UTF-8, and `characters` its length in UTF-16 units
 */
export function makePayload(name) {
  const events = [];
  const encoder = new TextEncoder();
  const texts = [];
  for (let length = 0; length < CYCLE; ) {
    const { text, ...event } = MAKERS[name](events.length);
    events.push(event);
    texts.push(text);
    length += encoder.encode(text).length;
  }
  const text = texts.join('');
  return { type: events[0].type, events, bytes: encoder.encode(text), characters: text.length };
}
