// `npm run bench:iteration`: what iterates over messages, beside eventsource-client's callbacks: in Node, of a response in memory,
// interleaved, and what the loop takes by itself. Each counts its messages and looks at their lengths. Needs `npm run build`.
//
//   npm run bench:iteration -- [--rounds N] [--chunk BYTES] [PAYLOAD ...]

import { parseArgs } from 'node:util';
import { createEventSource } from 'eventsource-client';
import { EventSource, EventStreamDecoderStream, parse } from '../dist/eventsource.options.js';
import { median, ratio, short } from './browser/numbers.mjs';
import { PAYLOADS, makePayload } from './browser/page/payloads.js';
import { table } from './browser/table.mjs';

const ADDRESS = 'http://127.0.0.1/';
/** What one measurement reads, in bytes, or a little more. */
const LENGTH = 32 * 1024 * 1024;
const PEER = 'eventsource-client: onMessage';

const open = (fetch) => new EventSource(ADDRESS, { fetch, retry: false });

/**
 * Each reads a response until its end.
 * @typedef {{data: string}} Message
 * @type {Record<string, (fetch: () => Promise<Response>, take: (message: Message) => void, events: Message[], cycles: number) => Promise<unknown>>}
 */
const SUBJECTS = {
  [PEER]: (fetch, take) => new Promise((resolve) => {
    const source = createEventSource({ url: ADDRESS, fetch, onMessage: take, onScheduleReconnect: () => resolve(source.close()) });
  }),
  'for await (message of source)': async (fetch, take) => {
    for await (const message of open(fetch)) take(message);
  },
  'for await (list of source.messages().batches())': async (fetch, take) => {
    for await (const messages of open(fetch).messages().batches()) messages.forEach(take);
  },
  'for await (message of parse(response))': async (fetch, take) => {
    for await (const message of parse(await fetch())) take(message);
  },
  'for await (list of parse(response).batches())': async (fetch, take) => {
    for await (const messages of parse(await fetch()).batches()) messages.forEach(take);
  },
  'EventStreamDecoderStream, by a reader': async (fetch, take) => {
    const reader = (await fetch()).body.pipeThrough(new EventStreamDecoderStream()).getReader();
    for (let result = await reader.read(); !result.done; result = await reader.read()) take(result.value);
  },
  // Nothing is read: what the language's own loop takes of each of the above.
  'for await alone, of messages that are there': async (fetch, take, events, cycles) => {
    for await (const message of ready(events, cycles)) take(message);
  },
};

function ready(events, cycles) {
  const count = events.length * cycles;
  let index = 0;
  return {
    next: () => Promise.resolve(index < count ? { value: events[index++ % events.length], done: false } : { value: undefined, done: true }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const { values: { rounds, chunk }, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '9' }, chunk: { type: 'string', default: '65536' } },
});
const payloads = positionals.length ? positionals : PAYLOADS;

const columns = [];
for (const payload of payloads) columns.push(await measure(payload));
const rows = Object.keys(SUBJECTS).map((name) => [name, ...columns.map((rates) => `${short(median(rates[name]))} (${ratio(rates[name], rates[PEER]).toFixed(2)})`)]);
console.log(table([`million messages/s (times the first), chunks of ${chunk} bytes`, ...payloads], rows));

/** Millions of messages a second, of each subject in each round. The first round is to warm up. */
async function measure(payload) {
  const { bytes, events } = makePayload(payload);
  const cycles = Math.ceil(LENGTH / bytes.length);
  const characters = events.reduce((sum, { data }) => sum + data.length, 0);
  const rates = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, []]));
  for (let round = 0; round <= Number(rounds); round += 1) {
    for (const [name, read] of Object.entries(SUBJECTS)) {
      let count = 0;
      let length = 0;
      const begin = performance.now();
      await read(answering(bytes, cycles, Number(chunk)), ({ data }) => {
        count += 1;
        length += data.length;
      }, events, cycles);
      const milliseconds = performance.now() - begin;
      if (count !== events.length * cycles || length !== characters * cycles) throw new Error(`${name}, ${payload}: other messages than there are`);
      if (round) rates[name].push(count / milliseconds / 1000);
    }
  }
  return rates;
}

/** A `fetch` whose response has the cycle so many times. */
function answering(bytes, cycles, size) {
  let cycle = 0;
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      if (at < bytes.length) return;
      at = 0;
      cycle += 1;
      if (cycle === cycles) controller.close();
    },
  }, { highWaterMark: 0 });
  return async () => new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}
