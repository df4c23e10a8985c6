// What is left after much use: of sources, and of events.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Pages, head } from './pages.mjs';

const pages = new Pages();
let firehose;

before(async () => {
  firehose = createServer(pour).listen(0, '127.0.0.1');
  await once(firehose, 'listening');
  await pages.start(['--js-flags=--expose-gc', '--enable-precise-memory-info']);
});

after(async () => {
  await pages.close();
  firehose.closeAllConnections();
  firehose.close();
});

/** `?bytes=n`: so many bytes of numbered events, as fast as they are read. */
function pour(request, response) {
  let left = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('bytes'));
  let number = 0;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  const more = () => {
    while (left > 0) {
      let chunk = '';
      while (chunk.length < 65_536) chunk += `data: event number ${String(number++).padStart(12, '0')}, which is a small one\n\n`;
      left -= chunk.length;
      if (!response.write(chunk)) return response.once('drain', more);
    }
    response.end(`event: end\ndata: ${number}\n\n`);
  };
  more();
}

/** The class, and the core's memory once there is a core. */
const WITH_MEMORY = `let memory;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...values) => {
        const instance = await instantiate(...values);
        memory = instance.exports.memory;
        return instance;
      };
      const { EventSource } = await import('/dist/eventsource.js');`;

test('1,000 sources opened and closed leave nothing behind', async () => {
  const { url, record } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
  await pages.open('/empty');
  const found = await pages.run(
    `async (url) => {
      ${WITH_MEMORY}
      const refs = [];
      const openAndClose = () => new Promise((resolve) => {
        const source = new EventSource(url);
        refs.push(new WeakRef(source));
        source.onmessage = () => { source.close(); resolve(); };
      });
      const rounds = async (count) => {
        for (let round = 0; round < count; round += 5) await Promise.all([1, 2, 3, 4, 5].map(openAndClose));
      };
      await rounds(50);
      const before = memory.buffer.byteLength;
      await rounds(1000);
      const after = memory.buffer.byteLength;
      // Collected a turn later than their last job.
      for (let turn = 0; turn < 20 && refs.some((ref) => ref.deref()); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        gc();
      }
      return { before, after, alive: refs.filter((ref) => ref.deref()).length, made: refs.length, problems };
    }`,
    url,
  );
  assert.deepEqual(found.problems, []);
  assert.equal(found.made, 1050);
  assert.equal(found.alive, 0);
  assert.equal(found.after, found.before);
  await record('closed=1050');
});

test('a stream of 1 GB of small events keeps memory flat', async () => {
  await pages.open('/empty');
  const bytes = Number(process.env.STREAM_BYTES ?? 1e9);
  const found = await pages.run(
    `async (url) => {
      ${WITH_MEMORY}
      const measure = () => { gc(); return { heap: performance.memory.usedJSHeapSize, wasm: memory.buffer.byteLength }; };
      const source = new EventSource(url);
      let count = 0;
      let wrong = 0;
      let early;
      source.onmessage = ({ data }) => {
        if (Number(data.slice(13, 25)) !== count) wrong += 1;
        count += 1;
        if (count === 100000) early = measure();
      };
      const sent = await new Promise((resolve) => source.addEventListener('end', ({ data }) => resolve(Number(data))));
      // What was under way when the last event came may be megabytes: the stream is still open, and idle now.
      let late;
      for (let tries = 0; tries < 20 && !(late && late.heap < early.heap + 16e6); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        late = measure();
      }
      source.close();
      return { early, late, count, sent, wrong, problems };
    }`,
    `http://127.0.0.1:${firehose.address().port}/?bytes=${bytes}`,
  );
  assert.deepEqual(found.problems, []);
  assert.equal(found.count, found.sent);
  assert.equal(found.wrong, 0);
  assert.ok(found.late.wasm < 32_000_000, JSON.stringify(found));
  assert.ok(found.late.heap < found.early.heap + 16_000_000, JSON.stringify(found));
});
