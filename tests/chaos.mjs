// Follows a stream of 10,000 events through 2,000 cuts, stalls, half-open connections, silences and refusals (chaos/stream.js), over real
// sockets, in Node (by listeners and by a loop) and in Chromium: each event has to come once and in order.
//
//   node tests/chaos.mjs [--seed n] [--client node|node-loop|chromium|chromium-xhr]

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { launch } from './browsers.mjs';
import { startChaos } from './chaos/server.mjs';
import { CUTS, HALF_OPEN, STALLS, faultsOf } from './chaos/stream.js';
import { startServer } from './server.mjs';

const CLIENTS = {
  node: (origin) => inNode(origin, 'listeners'),
  'node-loop': (origin) => inNode(origin, 'loop'),
  chromium: (origin) => inChromium(origin, 'fetch'),
  'chromium-xhr': (origin) => inChromium(origin, 'xhr'),
};

const { values: options } = parseArgs({ options: { seed: { type: 'string' }, client: { type: 'string', multiple: true } } });
const seed = options.seed === undefined ? randomInt(2 ** 31) : Number(options.seed);
console.log(`seed ${seed} (the same again: node tests/chaos.mjs --seed ${seed})`);
const names = options.client ?? Object.keys(CLIENTS);
for (const name of names) if (!CLIENTS[name]) throw new Error(`there is no client ${name}; there are ${Object.keys(CLIENTS).join(', ')}`);
const results = await Promise.all(names.map((name) => attempt(name)));
const failed = results.filter((passed) => !passed).length;
console.log(`chaos: ${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

/** Runs one client with a server of its own; gives whether each event came once, in order, and each fault happened. */
async function attempt(name) {
  const begin = performance.now();
  const server = await startChaos(seed);
  try {
    const seen = await CLIENTS[name](server.origin);
    const { counts } = server;
    assert.equal(counts.left, 0, 'faults that did not happen');
    assert.equal(counts.close + counts.reset + counts.end, CUTS, 'cuts');
    assert.deepEqual([counts.stall, counts['half-open']], [STALLS, HALF_OPEN], 'stalls and half-open connections');
    const then = faultsOf(seed).flatMap((fault) => fault.then);
    assert.equal(counts.refused, then.filter(({ status }) => status).length, 'refusals');
    assert.equal(counts.silent, then.filter(({ status }) => !status).length, 'silences');
    for (const reason of ['network', 'stream-ended', 'timeout', 'http-status']) assert.ok(seen[reason], `no error has the reason ${reason}: ${show(seen)}`);
    console.log(`  ${name}: each event once, in order; ${show(seen)}; the server: ${show(counts)}; ${Math.round((performance.now() - begin) / 1000)} s`);
    return true;
  } catch (error) {
    console.log(`  ${name}: ${error.message}; the server: ${show(server.counts)}`);
    return false;
  } finally {
    await server.close();
  }
}

async function inNode(origin, by) {
  const worker = new Worker(new URL('chaos/node.mjs', import.meta.url), { workerData: { origin, seed, by } });
  const [counts] = await once(worker, 'message');
  return counts;
}

async function inChromium(origin, transport) {
  const files = await startServer();
  const browser = await launch('chromium');
  try {
    await browser.driver.manage().setTimeouts({ script: 300_000 });
    await browser.driver.get(`${origin}/`);
    const { counts, failure } = await browser.driver.executeAsyncScript(followInPage, files.origin, transport, seed);
    if (failure) throw new Error(failure);
    return counts;
  } finally {
    await browser.quit();
    await files.close();
  }
}

function followInPage(files, transport, seed, done) {
  const start = async () => {
    const { EventSource } = await import(`${files}/dist/eventsource.options.js`);
    const { follow } = await import(`${files}/tests/chaos/client.js`);
    return follow(EventSource, location.origin, transport, seed, 'listeners');
  };
  start().then((counts) => done({ counts }), (error) => done({ failure: String(error) }));
}

function show(counts) {
  return Object.entries(counts).map(([name, count]) => `${count} ${name}`).join(', ');
}
