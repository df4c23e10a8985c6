// The memory of js/lengths.js, which one batch after the other has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSource, parse } from '../../dist/eventsource.options.js';

/** Of a piece: more than are allocated anew, and few enough for one batch. */
const EVENTS = 200;
const PIECES = 4;
const NAMES = ['a', 'b', 'c'];

/** Data of a length of its own for each event and stream. */
const data = (name, number) => name.repeat(1 + ((number * (1 + NAMES.indexOf(name))) % 23));
const numbers = Array.from({ length: EVENTS }, (_, number) => number);
const expected = (name) => numbers.map((number) => data(name, number));
const body = (name) => new TextEncoder().encode(numbers.map((number) => `data:${data(name, number)}\n\n`).join(''));

/** A batch for each piece. */
async function* chunks(name) {
  for (let piece = 0; piece < PIECES; piece += 1) yield body(name);
}
const all = (name) => Array(PIECES).fill(expected(name)).flat();

const fetch = (name) => async () => new Response(ReadableStream.from(chunks(name)), { headers: { 'Content-Type': 'text/event-stream' } });
const open = (name) => new EventSource('http://127.0.0.1/', { fetch: fetch(name), retry: false });

test('streams that are read in turns have their own lengths', async () => {
  const iterators = NAMES.map((name) => parse(chunks(name))[Symbol.asyncIterator]());
  const taken = NAMES.map(() => []);
  for (let number = 0; number < PIECES * EVENTS; number += 1) {
    for (const [index, iterator] of iterators.entries()) taken[index].push((await iterator.next()).value.data);
  }
  assert.deepEqual(taken, NAMES.map(all));
});

test('sources that are listened to, iterated over, and iterated over until somebody listens have their own lengths', async () => {
  const heard = { a: [], b: [], c: [] };
  const sources = NAMES.map(open);
  const ended = Promise.all(sources.map((source) => new Promise((resolve) => source.addEventListener('error', resolve))));
  const [listened, iterated, both] = sources;
  listened.onmessage = (event) => heard.a.push(event.data);
  const loops = [
    (async () => {
      for await (const message of iterated) heard.b.push(message.data);
    })(),
    (async () => {
      for await (const message of both) {
        heard.c.push(message.data);
        if (heard.c.length === EVENTS / 2) break;
      }
      both.onmessage = (event) => heard.c.push(event.data);
    })(),
  ];
  await Promise.all([ended, ...loops]);
  assert.deepEqual(heard, { a: all('a'), b: all('b'), c: all('c') });
});
