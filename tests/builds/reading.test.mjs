// How much of a body is read before its events are dispatched.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages } from './pages.mjs';

const MIB = 1024 * 1024;
const pages = new Pages();
before(() => pages.start());
after(() => pages.close());

/**
 * Reads chunks of these lengths, each a comment, an event and a message, by a fetch of the page's own.
 * @param {number[]} lengths
 * @param {{type?: string, fails?: boolean, closesAt?: string}} [how] the response's type, whether the body breaks off, the message that closes
 */
async function read(lengths, { type = 'default', fails = false, closesAt } = {}) {
  await pages.open('/empty');
  return pages.run(
    `async (lengths, type, fails, closesAt) => {
      const { EventSource } = await import('/dist/eventsource.js');
      const encoder = new TextEncoder();
      let pulled = 0;
      let cancelled = false;
      const pull = (controller) => {
        if (pulled === lengths.length) return fails ? controller.error(new TypeError('broken')) : controller.close();
        const chunk = new Uint8Array(lengths[pulled]).fill(58);
        const event = encoder.encode('\\nevent: begin\\ndata\\n\\ndata: ' + pulled + '\\n\\n');
        chunk.set(event, chunk.length - event.length);
        pulled += 1;
        controller.enqueue(chunk);
      };
      const cancel = () => { cancelled = true; };
      window.fetch = async () => {
        const response = new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), { headers: { 'Content-Type': 'text/event-stream' } });
        return Object.defineProperty(response, 'type', { value: type });
      };
      const source = new EventSource('/own');
      const seen = [];
      let ahead = 0;
      await new Promise((resolve) => {
        source.onerror = resolve;
        source.onmessage = ({ data }) => {
          seen.push(data);
          ahead = Math.max(ahead, pulled - seen.length);
          if (data !== closesAt) return;
          source.close();
          resolve();
        };
      });
      source.close();
      const atEnd = pulled;
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
      return { seen, ahead, later: pulled - atEnd, cancelled, problems };
    }`,
    lengths, type, fails, closesAt,
  );
}

const numbers = (count) => Array.from({ length: count }, (_, index) => String(index));

test('one chunk is read ahead', async () => {
  assert.deepEqual(await read(Array(100).fill(MIB / 4)), { seen: numbers(100), ahead: 1, later: 0, cancelled: false, problems: [] });
});

test('where a response of the engine shows that it holds all, 64 MiB are read ahead', async () => {
  const found = await read([5 * MIB, ...Array(199).fill(MIB)], { type: 'basic' });
  assert.deepEqual({ ...found, ahead: 0 }, { seen: numbers(200), ahead: 0, later: 0, cancelled: false, problems: [] });
  assert.ok(found.ahead >= 60 && found.ahead <= 65, `${found.ahead} chunks ahead`);
});

test('there, a small chunk counts for 8 KiB', async () => {
  const found = await read([5 * MIB, ...Array(20_000).fill(64)], { type: 'cors' });
  assert.deepEqual({ ...found, ahead: 0 }, { seen: numbers(20_001), ahead: 0, later: 0, cancelled: false, problems: [] });
  assert.ok(found.ahead >= 7000 && found.ahead <= 8192, `${found.ahead} chunks ahead`);
});

test('what a script makes is not read ahead, whatever its chunks', async () => {
  assert.deepEqual(await read([5 * MIB, ...Array(50).fill(MIB)]), { seen: numbers(51), ahead: 1, later: 0, cancelled: false, problems: [] });
});

test('what was read ahead of a break is dispatched before the error', async () => {
  const found = await read([5 * MIB, ...Array(40).fill(MIB)], { type: 'basic', fails: true });
  assert.deepEqual(found.seen, numbers(41));
  assert.ok(found.ahead > 30, `${found.ahead} chunks ahead`);
});

test('close() drops what was read ahead, and ends the body', async () => {
  const { ahead, ...found } = await read([5 * MIB, ...Array(199).fill(MIB)], { type: 'basic', closesAt: '3' });
  assert.deepEqual(found, { seen: numbers(4), later: 0, cancelled: true, problems: [] });
  assert.ok(ahead > 30, `${ahead} chunks ahead`);
});

test('handlers that take long have a turn of the page between two of them', async () => {
  await pages.open('/empty');
  const turns = await pages.run(`async () => {
    const { EventSource } = await import('/dist/eventsource.js');
    const text = 'data: 1\\n\\n'.repeat(8);
    window.fetch = async () => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });
    const source = new EventSource('/own');
    const seen = [];
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { turns += 1; };
    await new Promise((resolve) => {
      source.onerror = resolve;
      source.onmessage = () => {
        seen.push(turns);
        port2.postMessage(null);
        // Longer than the page is to wait.
        for (const begin = performance.now(); performance.now() - begin < 20;);
      };
    });
    source.close();
    return seen;
  }`);
  assert.deepEqual(turns, [0, 1, 2, 3, 4, 5, 6, 7]);
});

for (const [what, chunk] of [['an event', 'data: 1\\n\\n'], ['a comment', ': 1\\n']]) {
  test(`a script's stream that works on each chunk, ${what}, by promise jobs leaves the page its turns`, async () => {
    await pages.open('/empty');
    const turns = await pages.run(`async (chunk) => {
      const { EventSource } = await import('/dist/eventsource.js');
      const chunks = 40;
      let turns = 0;
      let left = chunks;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        turns += 1;
        port2.postMessage(null);
      };
      const pull = async (controller) => {
        left -= 1;
        for (const begin = performance.now(); performance.now() - begin < 5;);
        if (left) controller.enqueue(new TextEncoder().encode(chunk));
        else controller.close();
      };
      window.fetch = async () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers: { 'Content-Type': 'text/event-stream' } });
      const source = new EventSource('/own');
      await new Promise((resolve) => {
        source.onopen = () => {
          turns = 0;
          port2.postMessage(null);
        };
        source.onerror = resolve;
      });
      source.close();
      port1.close();
      return turns;
    }`, chunk);
    // 40 times 5 ms are at least ten times as long as the page is to wait.
    assert.ok(turns >= 10, `${turns} turns`);
  });
}

test('what comes after a pause needs no task but the one that it comes by', async () => {
  await pages.open('/empty');
  const tasks = await pages.run(`async () => {
    let tasks = 0;
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (...rest) {
      tasks += 1;
      post.apply(this, rest);
    };
    let pauses = 0;
    const now = performance.now.bind(performance);
    performance.now = () => now() + pauses * 1000;
    const { EventSource } = await import('/dist/eventsource.js');
    const pieces = ['data: 0\\n\\n', ': a comment\\n\\n', 'data: 1\\n\\n', 'data: 2\\ndata', '\\n\\n', 'data: end\\n\\n'];
    const pull = async (controller) => {
      await new Promise((resolve) => setTimeout(resolve));
      pauses += 1;
      controller.enqueue(new TextEncoder().encode(pieces[pauses - 1]));
    };
    window.fetch = async () => {
      const response = new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { headers: { 'Content-Type': 'text/event-stream' } });
      return Object.defineProperty(response, 'type', { value: 'basic' });
    };
    const source = new EventSource('/own');
    let atOpen;
    await new Promise((resolve) => {
      source.onopen = () => setTimeout(() => { atOpen = tasks; });
      source.onmessage = ({ data }) => data === 'end' && resolve();
    });
    source.close();
    return tasks - atOpen;
  }`);
  assert.equal(tasks, 0);
});
