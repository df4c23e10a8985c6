// The package in environments that are not quite what they look like, or lack something: importing never throws, and at construction a
// NotSupportedError names what is missing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeApp } from './app.mjs';
import { outputOfModule, startPaths } from './program.mjs';

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
  server = await startPaths();
  ({ url } = server);
});

after(() => server.close());

/** Runs a module's text in Node. */
const inNode = (text) => outputOfModule(app, text, url);

const ENTRIES = ['eventsource-wasm', 'eventsource-wasm/es5', 'eventsource-wasm/external', 'eventsource-wasm/options', 'eventsource-wasm/options/es5'];

for (const shim of [
  'addEventListener = () => {}', 'location = {}', 'self = globalThis', 'self = {}', 'self = null', 'window = globalThis', "location = new URL('http://localhost:3000/page')", 'self = globalThis; globalThis.location = new URL(process.argv[2])',
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

const NO_WEB_ASSEMBLY = 'there is no WebAssembly (the entries named es5 need none).';
const IN_WEB_ASSEMBLY = ENTRIES.filter((entry) => !entry.endsWith('/es5'));

/** What is taken from Node -> what each of these entries says then. */
const MISSING = {
  WebAssembly: [NO_WEB_ASSEMBLY, IN_WEB_ASSEMBLY],
  // In Node this is eventsource-wasm, too.
  atob: ['there is no atob.', IN_WEB_ASSEMBLY],
  URL: ['there is no URL.', ENTRIES],
  fetch: ['there is no fetch, and no XMLHttpRequest either.', ENTRIES],
  Response: ['there is no Response, and no XMLHttpRequest either.', ENTRIES],
  'Response.prototype.body': ['there is no Response.prototype.body, and no XMLHttpRequest either.', ENTRIES],
  ReadableStream: ['there is no ReadableStream, and no XMLHttpRequest either.', ENTRIES],
  AbortController: ['there is no AbortController, and no XMLHttpRequest either.', ENTRIES],
};

/** Takes these away and then calls `act` with what each entry has; gives what is thrown. */
async function errorsWithout(missing, entries, act) {
  const { stdout, stderr, code } = await inNode(`
const errors = [];
delete globalThis.${missing};
for (const entry of ${JSON.stringify(entries)}) {
  const { EventSource, EventStreamDecoderStream, parse } = await import(entry);
  try {
    ${act};
    errors.push([entry, 'nothing']);
  } catch (error) {
    errors.push([entry, error instanceof DOMException, error.name, error.code, error.message]);
  }
}
process.stdout.write(JSON.stringify(errors), () => process.exit());
`);
  assert.deepEqual({ stderr, code }, { stderr: '', code: 0 });
  return JSON.parse(stdout);
}

const notSupported = (entries, task, says) => entries.map((entry) => [entry, true, 'NotSupportedError', 9, `Failed to ${task}: ${says}`]);

for (const [missing, [says, entries]] of Object.entries(MISSING)) {
  test(`without ${missing} the imports work, and the constructor throws a NotSupportedError that names it`, async () => {
    assert.deepEqual(await errorsWithout(missing, entries, 'new EventSource(process.argv[2])'), notSupported(entries, "construct 'EventSource'", says));
  });
}

test('what is missing is said before what is wrong with the URL', async () => {
  assert.deepEqual(
    await errorsWithout('WebAssembly', ['eventsource-wasm'], "new EventSource('http://')"), notSupported(['eventsource-wasm'], "construct 'EventSource'", NO_WEB_ASSEMBLY),
  );
});

for (const missing of ['fetch', 'ReadableStream', 'AbortController']) {
  test(`without ${missing} XMLHttpRequest carries the stream`, async () => {
    const { stdout, code } = await inNode(`
globalThis.XMLHttpRequest = function () { console.log('by XMLHttpRequest'); process.exit(); };
delete globalThis.${missing};
const { EventSource } = await import('eventsource-wasm');
${EXAMPLE}`);
    assert.deepEqual({ stdout, code }, { stdout: 'by XMLHttpRequest\n', code: 0 });
  });
}

test('without fetch the entry with options names what its transport lacks, and an own fetch does', async () => {
  const { stdout, stderr } = await inNode(`
import { get } from 'node:http';
import { Readable } from 'node:stream';
for (const name of ['fetch', 'Response', 'Request', 'Headers']) delete globalThis[name];
const { EventSource } = await import('eventsource-wasm/options');
for (const transport of ['auto', 'fetch', 'xhr']) {
  try { new EventSource(process.argv[2], { transport }); } catch ({ name, message }) { console.log(name, message.split(': ')[1]); }
}
const own = (url, { headers }) => new Promise((resolve, reject) => {
  const answered = (response) => {
    resolve({ status: response.statusCode, url, headers: { get: (name) => response.headers[name.toLowerCase()] ?? null }, body: Readable.toWeb(response) });
  };
  get(url, { headers }, answered).on('error', reject);
});
const source = new EventSource(process.argv[2], { fetch: own });
source.onmessage = ({ data }) => {
  console.log(data);
  source.close();
  // What comes too late is let go of.
  const late = new EventSource(process.argv[2], { fetch(...values) {
    late.close();
    return own(...values);
  } });
};
`);
  assert.deepEqual({ stdout, stderr }, {
    stdout: `NotSupportedError there is no fetch, and no XMLHttpRequest either.
NotSupportedError there is no fetch.
NotSupportedError there is no XMLHttpRequest.
/
`,
    stderr: '',
  });
});

const READ = {
  "execute 'parse'": ["parse('data: x\\n\\n')", ['WebAssembly', 'atob', 'TextEncoder']],
  "construct 'EventStreamDecoderStream'": ['new EventStreamDecoderStream()', ['WebAssembly', 'atob', 'ReadableStream', 'WritableStream']],
};
for (const [task, [act, names]] of Object.entries(READ)) {
  for (const missing of names) {
    test(`without ${missing} what can't ${task} throws a NotSupportedError that names it`, async () => {
      const [says] = MISSING[missing] ?? [];
      const plain = says?.startsWith('there is no WebAssembly') ? says : `there is no ${missing}.`;
      assert.deepEqual(await errorsWithout(missing, ['eventsource-wasm/options'], act), notSupported(['eventsource-wasm/options'], task, plain));
    });
  }
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
