// The package in runtimes: what an import does (nothing), and what a process with sources does when they are closed.
// What the class does is the behaviour suite's (tests/runtimes.mjs).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Script, createContext } from 'node:vm';
import { atEndOfRun } from '../../scripts/end-of-run.mjs';
import { freePort } from '../browsers.mjs';
import { example } from '../readme.mjs';
import { makeApp, tool, writeFiles } from './app.mjs';
import { outputOf, outputOfModule, startPaths } from './program.mjs';
import { bundleForWorkerd, workerdConfig } from './workerd.mjs';

const require = createRequire(import.meta.url);

// README's first module, after its import, with another URL and with what ends it.
const EXAMPLE = `
${example('js', "import { EventSource } from 'eventsource-wasm'").replace(/^import .+\n/, '').replace("'/stream'", 'process.argv[2]')}
source.addEventListener('message', (event) => {
  console.log(event.data, source.readyState);
  source.close();
});
`;

const RUNTIMES = {
  'Node, as a module': ['example.mjs', (url) => [process.execPath, 'example.mjs', url]],
  'Node, as CommonJS': ['example.cjs', (url) => [process.execPath, 'example.cjs', url]],
  'Node, by require of a subpath': ['es5.cjs', (url) => [process.execPath, 'es5.cjs', url]],
  'Node, external': ['external.mjs', (url) => [process.execPath, 'external.mjs', url]],
  'Node, with options': ['options.mjs', (url) => [process.execPath, 'options.mjs', url]],
  'Node, with options, as CommonJS': ['options.cjs', (url) => [process.execPath, 'options.cjs', url]],
  'Node, with options, without WebAssembly': ['options-es5.mjs', (url) => [process.execPath, 'options-es5.mjs', url]],
  'Node, by the polyfill': ['polyfill.mjs', (url) => [process.execPath, 'polyfill.mjs', url]],
  'Node, by require of the polyfill': ['polyfill.cjs', (url) => [process.execPath, 'polyfill.cjs', url]],
  Bun: ['example.mjs', (url) => [tool('bun'), 'example.mjs', url]],
  'Bun, as CommonJS': ['example.cjs', (url) => [tool('bun'), 'example.cjs', url]],
  Deno: ['deno.mjs', (url) => [tool('deno'), 'run', '--allow-net', '--node-modules-dir=manual', '--no-lock', '--quiet', 'deno.mjs', url]],
};

let app;
let server;
let url;
before(async () => {
  app = await makeApp({
    'example.mjs': `import { EventSource } from 'eventsource-wasm';${EXAMPLE}`,
    'deno.mjs': `import process from 'node:process';\nimport { EventSource } from 'eventsource-wasm';${EXAMPLE}`,
    'external.mjs': `import { EventSource } from 'eventsource-wasm/external';${EXAMPLE}`,
    'polyfill.mjs': `import 'eventsource-wasm/polyfill';${EXAMPLE}`,
    'options.mjs': `import { EventSource } from 'eventsource-wasm/options';${EXAMPLE}`,
    'options.cjs': `const { EventSource } = require('eventsource-wasm/options');${EXAMPLE}`,
    'options-es5.mjs': `import { EventSource } from 'eventsource-wasm/options/es5';${EXAMPLE}`,
    'example.cjs': `const { EventSource } = require('eventsource-wasm');${EXAMPLE}`,
    'es5.cjs': `const { EventSource } = require('eventsource-wasm/es5');${EXAMPLE}`,
    'polyfill.cjs': `require('eventsource-wasm/polyfill');${EXAMPLE}`,
  });
  server = await startPaths();
  ({ url } = server);
});

after(() => server.close());

/** Runs a module's text in Node. */
const inNode = (text) => outputOfModule(app, text, url);

for (const [name, [file, command]] of Object.entries(RUNTIMES)) {
  test(`${name}: a message comes, and the process ends when its source is closed (${file})`, async () => {
    assert.deepEqual(await outputOf(app, command(url)), { stdout: '/ 1\n', stderr: '', code: 0 });
  });
}

test('an import does not keep Node going, and leaves no trace on the global', async () => {
  const { stdout, code } = await inNode(`
const before = Object.getOwnPropertyNames(globalThis).join();
await import('eventsource-wasm');
await import('eventsource-wasm/es5');
await import('eventsource-wasm/external');
await import('eventsource-wasm/options');
await import('eventsource-wasm/options/es5');
console.log(before === Object.getOwnPropertyNames(globalThis).join());
`);
  assert.deepEqual({ stdout, code }, { stdout: 'true\n', code: 0 });
});

for (const entry of ['eventsource-wasm', 'eventsource-wasm/es5', 'eventsource-wasm/external', 'eventsource-wasm/options', 'eventsource-wasm/options/es5']) {
  test(`${entry} can be taken by a declaration of the global scope: in node -e, a REPL, a console`, async () => {
    const script = `const { EventSource, NativeEventSource } = require('${entry}'); console.log(EventSource.name, NativeEventSource)`;
    assert.deepEqual(await outputOf(app, [process.execPath, '--eval', script]), { stdout: 'EventSource undefined\n', stderr: '', code: 0 });
  });
}

test('an import compiles nothing and opens nothing, and calls nothing of the environment', async () => {
  const touched = [];
  const forbidden = (name) => () => { touched.push(name); };
  for (const file of ['eventsource.cjs', 'eventsource.es5.cjs', 'eventsource.options.cjs', 'eventsource.options.es5.cjs', 'polyfill.cjs']) {
    const code = await readFile(join(app, 'node_modules/eventsource-wasm/dist', file), 'utf8');
    const context = createContext({ module: { exports: {} } });
    Object.assign(context, { exports: context.module.exports });
    for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'XMLHttpRequest', 'MessageChannel', 'Worker', 'atob']) context[name] = forbidden(name);
    for (const name of ['compile', 'instantiate', 'Module', 'Instance', 'Memory']) context.WebAssembly = { ...context.WebAssembly, [name]: forbidden(`WebAssembly.${name}`) };
    // A bare engine: none of window, self, document, location, URL, EventTarget, Event.
    new Script(code, { filename: file }).runInContext(context);
    if (file !== 'polyfill.cjs') assert.equal(context.module.exports.EventSource.name, 'EventSource', file);
  }
  assert.deepEqual(touched, []);
});

test('import, require, another entry and the polyfill have classes of their own', async () => {
  const { stdout } = await inNode(`
import { createRequire } from 'node:module';
import { EventSource } from 'eventsource-wasm';
import { EventSource as Es5 } from 'eventsource-wasm/es5';
import 'eventsource-wasm/polyfill';
const { EventSource: Required } = createRequire(import.meta.url)('eventsource-wasm');
const source = new EventSource(process.argv[2]);
for (const Other of [Required, Es5, globalThis.EventSource]) {
  try { Reflect.get(Other.prototype, 'readyState', source); } catch (error) { console.log(source instanceof Other, error.name); }
}
source.close();
`);
  assert.equal(stdout, 'false TypeError\n'.repeat(3));
});

test('a relative URL where there is no location is a SyntaxError DOMException', async () => {
  const { stdout } = await inNode(`
import { EventSource } from 'eventsource-wasm';
try { new EventSource('/stream'); } catch (error) { console.log(error instanceof DOMException, error.name, error.code); }
`);
  assert.equal(stdout, 'true SyntaxError 12\n');
});

test('what a listener throws is an uncaught exception in Node, and ends the process by default', async () => {
  const { stderr, code } = await inNode(`
import { EventSource } from 'eventsource-wasm';
new EventSource(process.argv[2]).onmessage = () => { throw new Error('mine'); };
`);
  assert.match(stderr, /Error: mine/);
  assert.equal(code, 1);
});

test('a process that handles uncaught exceptions goes on with the source', async () => {
  const { stdout, code } = await inNode(`
import { EventSource } from 'eventsource-wasm';
const source = new EventSource(process.argv[2]);
process.on('uncaughtException', (error) => { console.log(error.message, source.readyState); source.close(); });
source.onmessage = () => { throw new Error('mine'); };
`);
  assert.deepEqual({ stdout, code }, { stdout: 'mine 1\n', code: 0 });
});

test('a source that is open, or waits, keeps Node going', async () => {
  const { stdout, code } = await inNode(`
import { EventSource } from 'eventsource-wasm';
import { createServer } from 'node:http';
let count = 0;
const server = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.end('retry: 100\\ndata: ' + ++count + '\\n\\n');
}).listen(0, '127.0.0.1', () => {
  // From here on only the source does.
  server.unref();
  const source = new EventSource('http://127.0.0.1:' + server.address().port);
  source.onmessage = (event) => { console.log(event.data); if (event.data === '3') source.close(); };
});
`);
  assert.deepEqual({ stdout, code }, { stdout: '1\n2\n3\n', code: 0 });
});

test('fake timers do not stop a stream', async () => {
  const { stdout } = await inNode(`
import { mock } from 'node:test';
import { EventSource } from 'eventsource-wasm';
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate'] });
${EXAMPLE.replace('source.close()', 'source.close(); process.exit()')}`);
  assert.match(stdout, /^\/ 1\n/);
});

test('the entry with options has the names of the class, and reads a response that is there already', async () => {
  for (const entry of ['eventsource-wasm/options', 'eventsource-wasm/options/es5']) {
    const { stdout, code } = await inNode(`
import * as entry from '${entry}';
const { EventSource, EventSourcePolyfill, NativeEventSource, parse } = entry;
console.log(Object.keys(entry).join(), EventSourcePolyfill === EventSource, NativeEventSource);
for await (const { data } of parse(await fetch(process.argv[2]))) {
  console.log(data);
  break;
}
`);
    assert.deepEqual({ stdout, code }, { stdout: 'EventSource,EventSourcePolyfill,EventStreamDecoderStream,NativeEventSource,parse true undefined\n/\n', code: 0 }, entry);
  }
});

const IN_WORKERD = `
    const source = new EventSource(url);
    const data = await new Promise((resolve, reject) => {
      source.onmessage = (event) => resolve(event.data);
      source.onerror = () => reject(new Error('error ' + source.readyState));
    });
    source.close();
`;

test('in workerd two requests have their own sources at once', () => (
  answersInWorkerd("import { EventSource, NativeEventSource } from 'eventsource-wasm';", IN_WORKERD)
));

test('in workerd two requests have their own sources with options at once', () => (
  answersInWorkerd("import { EventSource, NativeEventSource } from 'eventsource-wasm/options';", IN_WORKERD, 'eventsource.options.wasm')
));

test('in workerd two requests read their own responses at once', () => (
  answersInWorkerd("import { EventSource, NativeEventSource, parse } from 'eventsource-wasm/options';", `
    const messages = parse(await fetch(url));
    const { value: { data } } = await messages.next();
    await messages.return();
`, 'eventsource.options.wasm')
));

/** A worker that gets its `data` from a URL, for each request. */
async function answersInWorkerd(imports, code, wasm) {
  await writeFiles(app, { 'worker.mjs': `${imports}
export default {
  async fetch(request) {
    const url = '${url.slice(0, -1)}' + new URL(request.url).pathname;
    ${code}
    return Response.json({ data, own: EventSource !== NativeEventSource && EventSource !== globalThis.EventSource });
  },
};
` });
  await bundleForWorkerd(app, 'worker.mjs');
  await writeFiles(app, { 'workerd.capnp': workerdConfig('worker', wasm) });
  const port = await freePort();
  const child = spawn(tool('workerd'), ['serve', 'workerd.capnp', `--socket-addr=http=127.0.0.1:${port}`], { cwd: app, stdio: 'inherit' });
  const end = atEndOfRun(() => child.kill('SIGKILL'));
  try {
    const origin = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${origin}/first`).then((response) => response.ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 50));
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    const answers = await Promise.all(paths.map(async (path) => (await fetch(origin + path)).json()));
    assert.deepEqual(answers, paths.map((data) => ({ data, own: true })));
  } finally {
    end();
  }
}

for (const entry of ['eventsource-wasm', 'eventsource-wasm/options']) {
  test(`an edge runtime gets ${entry} with the ES5 core`, () => getsInEdgeRuntime(entry));
}

async function getsInEdgeRuntime(entry) {
  const folder = await makeApp({ 'main.js': `export { EventSource } from '${entry}';\n` });
  const { build } = await import('esbuild');
  const { outputFiles: [{ text }] } = await build({
    absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, format: 'iife', globalName: 'app', conditions: ['edge-light', 'worker'], write: false,
  });
  const { EdgeVM } = require('@edge-runtime/vm');
  const vm = new EdgeVM({ codeGeneration: { strings: false, wasm: false } });
  vm.evaluate(`${text}; globalThis.EventSourceHere = app.EventSource;`);
  const data = await vm.evaluate(`new Promise((resolve, reject) => {
    const source = new EventSourceHere('${url}edge');
    source.onmessage = (event) => { source.close(); resolve(event.data); };
    source.onerror = () => reject(new Error('error ' + source.readyState));
  })`);
  assert.equal(data, '/edge');
}
