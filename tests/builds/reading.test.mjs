// How much of a body is read before its events are dispatched.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages } from './pages.mjs';

const MIB = 1024 * 1024;
const pages = new Pages();
before(() => pages.start());
after(() => pages.close());

/** Reads chunks of these lengths, each a comment, an event and a message, by a fetch of the page's own. */
async function read(lengths) {
  await pages.open('/empty');
  return pages.run(
    `async (lengths) => {
      const { EventSource } = await import('/dist/eventsource.js');
      const encoder = new TextEncoder();
      let pulled = 0;
      const pull = (controller) => {
        if (pulled === lengths.length) return controller.close();
        const chunk = new Uint8Array(lengths[pulled]).fill(58);
        const event = encoder.encode('\\nevent: begin\\ndata\\n\\ndata: ' + pulled + '\\n\\n');
        chunk.set(event, chunk.length - event.length);
        pulled += 1;
        controller.enqueue(chunk);
      };
      const headers = { 'Content-Type': 'text/event-stream' };
      window.fetch = async () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers });
      const source = new EventSource('/own');
      const seen = [];
      let ahead = 0;
      source.onmessage = ({ data }) => {
        seen.push(data);
        ahead = Math.max(ahead, pulled - seen.length);
      };
      await new Promise((resolve) => { source.onerror = resolve; });
      source.close();
      return { seen, ahead, problems };
    }`,
    lengths,
  );
}

const numbers = (count) => Array.from({ length: count }, (_, index) => String(index));

test('one chunk is read ahead', async () => {
  const found = await read(Array(100).fill(MIB / 4));
  assert.deepEqual(found, { seen: numbers(100), ahead: 1, problems: [] });
});

test('where an engine gives what it can only have held, 64 MiB are read ahead, and all arrives in order', async () => {
  const found = await read([5 * MIB, ...Array(199).fill(MIB)]);
  assert.deepEqual(found.problems, []);
  assert.deepEqual(found.seen, numbers(200));
  assert.ok(found.ahead >= 60 && found.ahead <= 65, `${found.ahead} chunks ahead`);
});
