// The parser inside the builds: streams from memory, without network, and with no handler for their events.

import { open, subject } from './subject.js';
import { payloadOf } from './throughput.js';

const END = new TextEncoder().encode('event: end\ndata: .\n\n');

/**
 * Has the subject's `fetch` give a payload from memory.
 * @param {number} cycles how often the payload's cycle comes
 * @param {number} size of a chunk, in bytes
 * @returns {Promise<number>} MB per second
 */
export async function parse(name, cycles, size) {
  const { bytes } = payloadOf(name);
  const buffer = new Uint8Array(bytes.length + size);
  buffer.set(bytes);
  buffer.set(bytes.subarray(0, size), bytes.length);
  const total = bytes.length * cycles;
  let offset = 0;
  let ended = false;
  const body = new ReadableStream({
    pull(controller) {
      // It stays open.
      if (ended) return;
      const begin = offset % bytes.length;
      const length = Math.min(size, total - offset);
      controller.enqueue(length ? buffer.slice(begin, begin + length) : END);
      offset += length;
      ended = !length;
    },
  }, { highWaterMark: 0 });
  const native = self.fetch;
  self.fetch = async (url) => Object.defineProperty(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }), 'url', { value: String(url) });
  let source;
  const begin = performance.now();
  await new Promise((resolve) => {
    // What the limit takes is text.
    const take = (event) => { if (subject.kind !== 'limit' || event.endsWith('data: .\n\n')) resolve(); };
    source = open({}, { type: 'end', take });
  });
  const seconds = (performance.now() - begin) / 1000;
  source.close();
  self.fetch = native;
  return total / 1e6 / seconds;
}
