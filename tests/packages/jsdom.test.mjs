// The package in tests of its users, under jsdom: the set-ups that docs/testing.md shows, run as they stand there; and in pages that
// jsdom loads.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { JSDOM, VirtualConsole } from 'jsdom';
import { addTools, makeApp, tool } from './app.mjs';

const guide = await readFile(new URL('../../docs/testing.md', import.meta.url), 'utf8');

let server;
let origin;
before(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
    response.write('event: price\nid: 7\ndata: 12\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** The code blocks of the guide that begin with a comment like `// jest.config.js`, under that name, with the server's URL in. */
function filesFor(section) {
  const [, text] = guide.split(`\n## ${section}\n`);
  const blocks = text.split('\n## ')[0].matchAll(/```js\n\/\/ (\S+)\n([^]*?)```/g);
  return Object.fromEntries(Array.from(blocks, ([, name, code]) => [name, code.replaceAll('http://localhost:3000', origin)]));
}

/** Runs a program in the folder; gives its exit code and all that it has printed. */
async function output(folder, program, ...args) {
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, CI: '1', NO_COLOR: '1' }, timeout: 60_000, killSignal: 'SIGKILL' });
  let text = '';
  for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => { text += data; });
  const [code, signal] = await once(child, 'close');
  return { code: signal ?? code, text };
}

test('Jest, as the guide sets it up', async () => {
  const files = filesFor('Jest');
  assert.deepEqual(Object.keys(files).sort(), ['jest.config.js', 'price.test.js']);
  const { code, text } = await output(await makeApp(files), tool('jest'), '--colors=false');
  assert.equal(code, 0, text);
  assert.match(text, /Tests: +2 passed, 2 total/);
  assert.doesNotMatch(text, /did not exit|worker process has failed to exit/);
});

test('Vitest, as the guide sets it up', async () => {
  const files = filesFor('Vitest');
  assert.deepEqual(Object.keys(files).sort(), ['price.test.js', 'vitest.config.js']);
  const app = await makeApp(files);
  await addTools(app, ['vitest', 'jsdom']);
  const { code, text } = await output(app, tool('vitest'), 'run');
  assert.equal(code, 0, text);
  assert.match(text, /Tests +2 passed \(2\)/);
});

test('a page that jsdom loads has the script tag, which takes XMLHttpRequest and the ES5 core', async () => {
  const dist = pathToFileURL(join(await makeApp(), 'node_modules/eventsource-wasm/dist/'));
  const problems = [];
  const virtualConsole = new VirtualConsole();
  for (const type of ['error', 'warn', 'jsdomError']) virtualConsole.on(type, (problem) => problems.push(String(problem)));
  const { window } = new JSDOM('<script src="polyfill.js"></script>', { url: `${dist}/page.html`, runScripts: 'dangerously', resources: 'usable', virtualConsole });
  try {
    await once(window, 'load');
    assert.deepEqual([typeof window.fetch, typeof window.WebAssembly], ['undefined', 'object']);
    for (const round of ['the first source', 'the next one']) {
      const source = new window.EventSource(origin);
      const event = await new Promise((resolve, reject) => {
        source.addEventListener('price', resolve);
        source.onerror = () => reject(new Error(`${round}: error ${source.readyState} ${problems}`));
      });
      assert.deepEqual([event.data, event.lastEventId], ['12', '7'], round);
      source.close();
    }
  } finally {
    window.close();
  }
  assert.deepEqual(problems, []);
});
