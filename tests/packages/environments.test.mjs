// The package in environments that are not quite what they look like, or lack something: importing never throws, and at construction a
// NotSupportedError names what is missing.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { makeApp } from './app.mjs';
import { outputOfModule } from './program.mjs';

const EXAMPLE = `
const source = new EventSource(process.argv[2]);
source.onmessage = (event) => { console.log(event.data, source.readyState); source.close(); };
source.onerror = () => { console.log('error', source.readyState); source.close(); };
`;

let app;
let server;
let url;
before(async () => {
  app = await makeApp();
  server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`data: ${request.url}\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}/`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** Runs a module's text in Node. */
const inNode = (text) => outputOfModule(app, text, url);

const ENTRIES = ['eventsource-wasm', 'eventsource-wasm/es5', 'eventsource-wasm/external', 'eventsource-wasm/options', 'eventsource-wasm/options/es5'];

for (const shim of [
  'self = globalThis', 'self = {}', 'self = null', 'window = globalThis', "location = new URL('http://localhost:3000/page')", 'self = globalThis; globalThis.location = new URL(process.argv[2])',
]) {
  test(`in Node where a script has said globalThis.${shim} each entry works`, async () => {
    for (const entry of [...ENTRIES, 'eventsource-wasm/polyfill']) {
      const { stdout, stderr, code } = await inNode(`
globalThis.${shim};
const { EventSource = globalThis.EventSource } = await import('${entry}');
${EXAMPLE}`);
      assert.deepEqual({ stdout, stderr, code }, { stdout: '/ 1\n', stderr: '', code: 0 }, entry);
    }
  });
}

test('where a script has made a location in Node, a relative URL is relative to it', async () => {
  const { stdout } = await inNode(`
globalThis.location = new URL('page', process.argv[2]);
const { EventSource } = await import('eventsource-wasm');
process.argv[2] = 'stream';
${EXAMPLE}`);
  assert.equal(stdout, '/stream 1\n');
});

test('a global that takes nothing new: the polyfill says so on the console, and its import does not throw', async () => {
  const { stdout, stderr, code } = await inNode(`
Object.preventExtensions(globalThis);
await import('eventsource-wasm/polyfill');
console.log(typeof EventSource);
`);
  assert.deepEqual({ stdout, code }, { stdout: 'undefined\n', code: 0 });
  assert.match(stderr, /^eventsource-wasm: EventSource can't be installed: TypeError: .*not extensible/);
});

for (const [missing, says] of Object.entries({
  WebAssembly: 'there is no WebAssembly (eventsource-wasm/es5 needs none).',
  atob: 'there is no atob.',
  fetch: 'there is no fetch with streams, and no XMLHttpRequest either.',
})) {
  test(`without ${missing} the import works, and the constructor throws a NotSupportedError that says so`, async () => {
    const { stdout, stderr } = await inNode(`
delete globalThis.${missing};
const { EventSource } = await import('eventsource-wasm');
try { new EventSource(process.argv[2]); } catch (error) { console.log(error instanceof DOMException, error.name, error.code, error.message); }
`);
    assert.deepEqual({ stdout, stderr }, { stdout: `true NotSupportedError 9 Failed to construct 'EventSource': ${says}\n`, stderr: '' });
  });
}

test('without WebAssembly eventsource-wasm/es5 works', async () => {
  const { stdout, code } = await inNode(`
// Node's fetch has its own use for it, at the first call.
await (await fetch(process.argv[2])).body.cancel();
delete globalThis.WebAssembly;
const { EventSource } = await import('eventsource-wasm/es5');
${EXAMPLE}`);
  assert.deepEqual({ stdout, code }, { stdout: '/ 1\n', code: 0 });
});
