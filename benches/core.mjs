// The parser in WebAssembly, in Node: chunks from memory go into the core as they do in a page, and come out as a batch's text and
// lengths. Events are made by nobody. Needs `npm run build`.

import { existsSync, readFileSync } from 'node:fs';
import { CORE } from '../scripts/flavours.mjs';
import { makePayload } from './browser/page/payloads.js';

export const CORE_PARSER = 'eventsource-wasm in WebAssembly';

const GLUE = new URL('../target/core/wasm/glue.js', import.meta.url);
const BINARY = new URL(`../dist/${CORE.files.wasm}`, import.meta.url);
const ORIGIN = 'http://127.0.0.1';
/** The shortest of so many rounds is taken, of so many cycles of the payload each. */
const ROUNDS = 12;
const CYCLES = 16;

/**
 * @param {string[]} payloads
 * @param {number[]} chunks in bytes
 * @returns {Promise<{payload: string, parser: string, chunk: number, megabytesPerSecond: number}[]>}
 * @throws {Error} when the core is not built, or reads other events than there are
 */
export async function measureCore(payloads, chunks) {
  if (!existsSync(GLUE) || !existsSync(BINARY)) throw new Error('the core is missing: run "npm run build" first');
  const { createGlue } = await import(GLUE);
  const module = new WebAssembly.Module(readFileSync(BINARY));
  return payloads.flatMap((payload) => chunks.map((chunk) => (
    { payload, parser: CORE_PARSER, chunk, megabytesPerSecond: speed(createGlue, module, payload, chunk) }
  )));
}

function speed(createGlue, module, name, size) {
  const { bytes, events } = makePayload(name);
  const link = new Sink();
  const glue = createGlue();
  glue.start(new WebAssembly.Instance(module, glue.imports).exports);
  const handle = new glue.Handle(link, `${ORIGIN}/`, '', ORIGIN);
  handle.answered(link.attempt, { status: 200, url: `${ORIGIN}/`, headers: { get: () => 'text/event-stream' }, body: { getReader: () => ({}) } });

  link.keep = true;
  feed();
  const data = link.batches.flatMap(dataOf);
  if (data.length !== events.length || data.some((each, index) => each !== events[index].data)) throw new Error(`${name}: the core reads other events`);
  link.keep = false;

  let shortest = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    for (let cycle = 0; cycle < CYCLES; cycle += 1) feed();
    shortest = Math.min(shortest, performance.now() - begin);
  }
  if (link.records !== events.length * (1 + ROUNDS * CYCLES)) throw new Error(`${name}: the core reads another number of events`);
  return (bytes.length * CYCLES) / 1000 / shortest;

  function feed() {
    for (let at = 0; at < bytes.length; at += size) handle.chunk(link.attempt, bytes.subarray(at, at + size));
  }
}

/** In place of js/link.js: takes the batches. */
class Sink {
  id = 1;
  seed = 1;
  fetches = true;
  withCredentials = false;
  resumes = false;
  pageIsHttps = false;
  reconnectionTime = undefined;
  attempt = 0;
  keep = false;
  batches = [];
  records = 0;

  requesting() {}
  fetch(attempt) {
    this.attempt = attempt;
  }
  read() {}
  opened() {}
  deliver(text, lengths) {
    this.records += lengths.length / 3;
    if (this.keep) this.batches.push({ text, lengths: Array.from(lengths) });
  }
}

/** As js/delivery.js cuts it. */
function dataOf({ text, lengths }) {
  const SAME = 0xffffffff;
  const data = [];
  let position = 0;
  for (let record = 0; record < lengths.length; record += 3) {
    const [own, ...others] = lengths.slice(record, record + 3);
    data.push(text.slice(position, position + own));
    position += own + others.reduce((sum, length) => sum + (length === SAME ? 0 : length), 0);
  }
  return data;
}
