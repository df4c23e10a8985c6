// The core's own `memcpy` (src/web/memcpy.rs), which only the builds have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../dist/eventsource.options.js';

const LONGEST = 70;
/** How many places there are for a word of eight bytes. */
const PLACES = 8;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(3);

test('values of every length, from and to every place in a word, arrive whole', async () => {
  const values = [];
  for (let length = 0; length <= LONGEST; length += 1) {
    for (let place = 0; place < PLACES; place += 1) values.push(LETTERS.slice(place, place + length));
  }
  for (let shift = 0; shift < PLACES; shift += 1) {
    const stream = `:${LETTERS.slice(0, shift)}\n${values.map((value) => `id:${value}\ndata:${value}\n\n`).join('')}`;
    const found = [];
    for await (const { data, lastEventId } of parse(new TextEncoder().encode(stream))) found.push([data, lastEventId]);
    assert.deepEqual(found, values.map((value) => [value, value]));
  }
});
