// What the streams say. Each is a generator of text (or bytes), given `sleep` and `every` (timers that end with the client),
// and what the request brought: `query`, `lastEventId` (the last id as a number, 0 without one) and `cookie`.

import { now } from '../demo/clock.js';

/** A body yields this to have the connection torn down, as a crash or a lost network would. */
export const DROP = Symbol('drop');

/** The classic example: a retry, an event `connecttime`, then the date each second. */
export async function* classic({ every }) {
  yield 'retry: 10000\n';
  yield `event: connecttime\ndata: ${new Date()}\n\n`;
  yield message();
  for await (const _ of every(1000)) yield message();

  function message() {
    return `data: ${new Date()}\n\n`;
  }
}

export async function* named({ every }) {
  const todos = ['bread', 'milk', 'coffee', 'apples'];
  let turn = 0;
  yield 'data: events without a name are messages\n\n';
  for await (const _ of every(700)) {
    const todo = todos[Math.floor(turn / 3) % todos.length];
    yield `event: ${['add', 'change', 'remove'][turn++ % 3]}\ndata: ${todo}\n\n`;
  }
}

/** Three events, then the end; the next connection goes on after the id it brings. */
export async function* resume({ lastEventId, sleep }) {
  yield 'retry: 1000\n';
  yield `data: ${lastEventId ? `resumed after id ${lastEventId}` : 'started without an id'}\n\n`;
  for (let id = lastEventId + 1; id <= lastEventId + 3; id++) {
    await sleep(500);
    yield `id: ${id}\ndata: event number ${id}\n\n`;
  }
  await sleep(500);
}

/** Line ends of all three kinds, since each line of `data` may have its own. */
export async function* multiline({ every }) {
  const poem = ['the old pond', 'a frog jumps in', 'the sound of water'];
  const ends = [['LF', '\n'], ['CR', '\r'], ['CRLF', '\r\n']];
  let turn = 0;
  yield verse();
  for await (const _ of every(2000)) yield verse();

  function verse() {
    const [name, end] = ends[turn++ % ends.length];
    return [...poem, '', `(lines ended by ${name})`].map((line) => `data: ${line}${end}`).join('') + end;
  }
}

export async function* utf8({ sleep }) {
  const texts = ['Grüße, Ærø, naïve', 'Привет, мир', 'Γειά σου Κόσμε', 'שלום עולם', 'مرحبا بالعالم', 'नमस्ते दुनिया', '你好，世界 · こんにちは · 안녕하세요', '🦀 🕸️ 👩🏽‍🚀 🏳️‍🌈'];
  yield '\ufeffdata: after a byte order mark, which is dropped\n\n';
  for (;;) {
    for (const text of texts) {
      await sleep(600);
      yield `data: ${text}\n\n`;
    }
    await sleep(600);
    yield Uint8Array.from('data: bytes that are no UTF-8: \xff \xc3( \xed\xa0\x80, shown as U+FFFD\n\n', (byte) => byte.charCodeAt());
    // The crab's four bytes, two and two: they must meet again in the client.
    const crab = new TextEncoder().encode('data: a 🦀 cut in two by the network\n\n');
    const middle = crab.indexOf(0xf0) + 2;
    await sleep(600);
    yield crab.subarray(0, middle);
    await sleep(300);
    yield crab.subarray(middle);
  }
}

export async function* comments({ every }) {
  let beats = 0;
  for await (const _ of every(1000)) {
    yield ': heartbeat\n\n';
    if (++beats % 5 === 0) yield `data: ${beats} heartbeats so far, none of them an event\n\n`;
  }
}

/** An event that is never finished stands before the cut: no client may show it. */
export async function* drop({ sleep }) {
  yield 'retry: 1000\n';
  for (let n = 1; n <= 3; n++) {
    yield `data: ${n} of 3, then the connection breaks\n\n`;
    await sleep(700);
  }
  yield 'data: unfinished, must never be seen\n';
  await sleep(100);
  yield DROP;
}

export async function* countdown({ sleep }) {
  yield 'retry: 1000\n';
  for (let n = 3; n >= 1; n--) {
    yield `id: ${n}\ndata: ${n}\n\n`;
    await sleep(600);
  }
}

/** `sent` is the server's clock, the same as the page's: the page takes the latency from it. */
export async function* slow({ every }) {
  let n = 1;
  yield timed(n++);
  for await (const _ of every(5000)) yield timed(n++);
}

/** With a rate: so many events a second. Without: as many as the client reads. */
export async function* fast({ query, every }) {
  let n = 1;
  if (!query.has('rate')) {
    for (;;) yield several(64);
  }
  const rate = Math.min(Math.max(Number(query.get('rate')) || 1, 0.1), 100_000);
  let last = performance.now();
  let due = 1;
  for await (const _ of every(Math.max(20, Math.min(1000 / rate, 1000)))) {
    const time = performance.now();
    // A client that was held up for long gets one second's worth at most, not all that it missed.
    due = Math.min(due + (rate * (time - last)) / 1000, Math.max(rate, 1));
    last = time;
    if (due < 1) continue;
    yield several(Math.floor(due));
    due %= 1;
  }

  function several(count) {
    let text = '';
    for (let i = 0; i < count; i++) text += timed(n++);
    return text;
  }
}

export async function* cookies({ cookie, sleep }) {
  yield 'retry: 1000\n';
  for (let n = 1; n <= 3; n++) {
    yield `data: ${cookie ? `the cookie came: ${cookie}` : 'no cookie came'}\n\n`;
    await sleep(700);
  }
}

function timed(n) {
  return `data: {"n":${n},"sent":${now().toFixed(3)}}\n\n`;
}
