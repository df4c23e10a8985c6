// The server of the benches, a process of its own: pages, what they load, and streams as fast as the socket takes them.
// Says its port on standard output, and ends with its standard input.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { PEERS, bundlePeer } from '../../scripts/peers.mjs';
import { makePayload } from './payloads.js';

/** Bytes of one write. */
const WRITE = 64 * 1024;

const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

/** An isolated page has the finest clock there is. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>bench</title><script type="module" src="/bench/page.js"></script>';

const server = createServer((request, response) => {
  answer(new URL(request.url, 'http://localhost'), response).catch((error) => {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end(error.message);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().once('end', () => process.exit());

async function answer({ pathname, searchParams }, response) {
  if (pathname === '/stream') return stream(Object.fromEntries(searchParams), response);
  const body = await bodyOf(pathname);
  response.writeHead(200, { 'Content-Type': TYPES[pathname.split('.').pop()] ?? TYPES.html, 'Cache-Control': 'no-store', ...ISOLATED }).end(body);
}

async function bodyOf(pathname) {
  const [, folder, file] = /^\/(\w+)\/(.+)$/.exec(pathname) ?? [];
  if (pathname === '/page') return PAGE;
  if (folder === 'bench' && /^[\w-]+\.js$/.test(file)) return readFile(new URL(file, import.meta.url));
  if (folder === 'dist' && /^[\w.]+$/.test(file)) return readFile(new URL(`../../dist/${file}`, import.meta.url));
  const peer = folder === 'peers' && Object.keys(PEERS).find((name) => `${name}.js` === file);
  if (peer) return (bundles[peer] ??= await bundlePeer(peer, { format: 'iife', globalName: 'peer' }));
  throw new Error(`there is no ${pathname}`);
}

const bundles = {};
const cycles = {};

/** The bytes of a payload's cycle, and of the beginning of the next one. */
function cycleOf(name) {
  if (!cycles[name]) {
    const { events, bytes } = makePayload(name);
    cycles[name] = { events: events.length, length: bytes.length, buffer: Buffer.concat([bytes, bytes.subarray(0, WRITE)]) };
  }
  return cycles[name];
}

/** Writes that many events, and leaves the stream open. */
function stream({ payload, events }, response) {
  const cycle = cycleOf(payload);
  let left = (cycle.length * events) / cycle.events;
  let offset = 0;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', ...ISOLATED });
  const write = () => {
    while (left > 0 && !response.closed) {
      const length = Math.min(WRITE, left);
      const goesOn = response.write(cycle.buffer.subarray(offset, offset + length));
      left -= length;
      offset = (offset + length) % cycle.length;
      if (!goesOn) return response.once('drain', write);
    }
    return undefined;
  };
  write();
}
