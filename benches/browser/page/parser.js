// The parser inside the builds: streams from memory, without network, and with no handler for their events.

import { untilSilence } from './silence.js';
import { open, subject, typeOf } from './subject.js';
import { payloadOf } from './throughput.js';

const END = new TextEncoder().encode('event: end\ndata: .\n\n');

/** What `fetch` answers streams with instead, while there is one. @type {ReadableStream | null} */
let memory = null;

/** From now on `fetch` can be answered from memory: before the subject is loaded, which may keep the function that it finds. */
export function intercept() {
  const { fetch } = self;
  self.fetch = async (url, init) => {
    if (!memory || !new URL(url, location.href).pathname.startsWith('/stream')) return fetch.call(self, url, init);
    const response = new Response(memory, { headers: { 'Content-Type': 'text/event-stream' } });
    return Object.defineProperty(response, 'url', { value: String(url) });
  };
}

/**
 * Has the subject read a payload from memory.
 * @param {number} cycles how often the payload's cycle comes
 * @param {number} size of a chunk, in bytes
 * @returns {Promise<number>} MB per second
 */
export async function parse(name, cycles, size) {
  const { bytes } = payloadOf(name);
  memory = repeated(bytes, cycles, size);
  let source;
  const begin = performance.now();
  const end = await untilSilence((alive, finish) => {
    // What the limit takes is text.
    const isEnd = subject.kind === 'limit' ? (text) => text.endsWith('data: .\n\n') : (event) => typeOf(event) === 'end';
    source = open({}, { type: 'end', take: (event) => { if (isEnd(event)) finish(performance.now()); } });
  });
  memory = null;
  source.close();
  if (end === null) throw new Error('the stream did not come to its end');
  return (bytes.length * cycles) / 1e6 / ((end - begin) / 1000);
}

/** The bytes that often, and the end, in chunks; it stays open. */
function repeated(bytes, cycles, size) {
  const buffer = new Uint8Array(bytes.length + size);
  buffer.set(bytes);
  buffer.set(bytes.subarray(0, size), bytes.length);
  const total = bytes.length * cycles;
  let offset = 0;
  let ended = false;
  return new ReadableStream({
    pull(controller) {
      if (ended) return;
      const begin = offset % bytes.length;
      const length = Math.min(size, total - offset);
      controller.enqueue(length ? buffer.slice(begin, begin + length) : END);
      offset += length;
      ended = !length;
    },
  }, { highWaterMark: 0 });
}
