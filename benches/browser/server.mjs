// The server of the benches, a process of its own: pages, what they load, and streams as fast as the socket takes them.
// Says its port on standard output, and ends with its standard input.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { PEERS, bundlePeer } from '../../scripts/peers.mjs';
import { STREAMS } from './streams.mjs';

const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

/** An isolated page has the finest clock there is. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>bench</title><script type="module" src="/bench/index.js"></script>';

const bundles = {};

const server = createServer((request, response) => {
  answer(new URL(request.url, 'http://localhost'), response).catch((error) => {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end(error.message);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().once('end', () => process.exit());

async function answer({ pathname, searchParams }, response) {
  if (pathname === '/stream') {
    const { kind = 'payload', ...query } = Object.fromEntries(searchParams);
    response.socket.setNoDelay();
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', ...ISOLATED });
    return STREAMS[kind](query, response);
  }
  const body = await bodyOf(pathname);
  const type = TYPES[pathname.split('.').pop()] ?? TYPES.html;
  return response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', ...ISOLATED }).end(body);
}

async function bodyOf(pathname) {
  const [, folder, file] = /^\/(\w+)\/(.+)$/.exec(pathname) ?? [];
  if (pathname === '/page') return PAGE;
  if (folder === 'bench' && /^[\w-]+\.js$/.test(file)) return readFile(new URL(`page/${file}`, import.meta.url));
  if (folder === 'js' && /^[\w-]+\.js$/.test(file)) return readFile(new URL(`../../js/${file}`, import.meta.url));
  if (folder === 'dist' && /^[\w.]+$/.test(file)) return readFile(new URL(`../../dist/${file}`, import.meta.url));
  const peer = folder === 'peers' && Object.keys(PEERS).find((name) => `${name}.js` === file);
  if (peer) return (bundles[peer] ??= await bundlePeer(peer, { format: 'iife', globalName: 'peer' }));
  throw new Error(`there is no ${pathname}`);
}
