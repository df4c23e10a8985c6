// What docs/migration.md promises: the examples of the peers' own guides, taken from the installed packages, run with no more than
// their import changed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from '../browsers.mjs';
import { makeApp, writeFiles } from './app.mjs';

const modules = new URL('../../node_modules/', import.meta.url);
const page = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8');

/** The code block of a peer's README that has this text in it. */
function example(peer, text) {
  const readme = readFileSync(new URL(`${peer}/README.md`, modules), 'utf8');
  const blocks = Array.from(readme.matchAll(/```\w*\r?\n([^]*?)```/g), ([, code]) => code);
  const found = blocks.find((code) => code.includes(text));
  assert.ok(found, `${peer}: its README has no example with ${text}`);
  return found;
}

/** With one thing changed, which has to be there. */
function changed(code, from, to) {
  assert.ok(code.includes(from), `the example has no ${from}`);
  return code.replaceAll(from, to);
}

let app;
let server;
let origin;
let browser;
const requests = [];

before(async () => {
  app = await makeApp();
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await browser?.quit();
  server.closeAllConnections();
  server.close();
});

const FILES = {
  '/polyfill.js': new URL('../../dist/polyfill.js', import.meta.url),
  '/core.js': new URL('../../dist/core.js', import.meta.url),
  '/eventsource.wasm': new URL('../../dist/eventsource.wasm', import.meta.url),
};
const pages = {};

function answer(request, response) {
  const { pathname } = new URL(request.url, origin);
  if (pages[pathname]) return response.writeHead(200, { 'Content-Type': 'text/html' }).end(pages[pathname]);
  if (FILES[pathname]) return response.writeHead(200, { 'Content-Type': pathname.endsWith('.js') ? 'text/javascript' : 'application/wasm' }).end(readFileSync(FILES[pathname]));
  const record = { url: request.url, method: request.method, headers: request.headers, body: '' };
  requests.push(record);
  request.on('data', (data) => { record.body += data; });
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('event: notice\ndata: a\n\nevent: update\ndata: b\n\nid: 7\ndata: {"c":1}\n\n');
}

function requestTo(path) {
  return requests.find(({ url }) => url === path);
}

/** Runs a file of the app until it has printed so many lines; gives them. */
async function lines(file, code, count) {
  await writeFiles(app, { [file]: code });
  const child = spawn(process.execPath, [file], { cwd: app, timeout: 30_000, killSignal: 'SIGKILL' });
  let text = '';
  let problems = '';
  child.stderr.on('data', (data) => { problems += data; });
  child.stdout.on('data', (data) => {
    text += data;
    if (text.split('\n').length > count) child.kill();
  });
  await once(child, 'close');
  assert.equal(problems, '');
  return text.trim().split('\n');
}

test('the tables are about the versions that are installed', () => {
  for (const peer of ['event-source-polyfill', 'eventsource', 'eventsource-polyfill', 'eventsource-client', 'sse.js', '@microsoft/fetch-event-source', 'eventsource-parser']) {
    const { version } = JSON.parse(readFileSync(new URL(`${peer}/package.json`, modules), 'utf8'));
    assert.ok(page.includes(`| ${peer.replace('@microsoft/', '')} ${version} | here | why |`), `${peer} ${version}`);
  }
});

test('event-source-polyfill: its imports and its global, in Node', async () => {
  const code = changed(example('event-source-polyfill', 'import { NativeEventSource'), "'event-source-polyfill'", "'eventsource-wasm'");
  const use = `new global.EventSource('${origin}/').addEventListener('message', (event) => console.log(event.data, NativeEventSource, EventSource === EventSourcePolyfill));`;
  assert.deepEqual(await lines('event-source-polyfill.mjs', `${code}\n${use}`, 1), ['{"c":1} undefined true']);
});

test('event-source-polyfill: its page, with the script tag changed', async () => {
  browser = await launch('chromium');
  const code = changed(example('event-source-polyfill', 'new EventSource("events.php")'), '../src/eventsource.js', '/polyfill.js');
  pages['/index.html'] = changed(code, '<head>', '<head><script>delete window.EventSource</script>');
  await browser.driver.get(`${origin}/index.html`);
  const shown = () => browser.driver.executeScript("return Array.from(document.querySelectorAll('div'), (div) => div.textContent)");
  await browser.driver.wait(async () => (await shown()).length === 2, 30_000);
  assert.deepEqual(await shown(), [`open: ${origin}/events.php`, 'message: {"c":1}']);
});

test('event-source-polyfill: headers, with options; the class without ignores them', async () => {
  for (const [entry, path, sent] of [['eventsource-wasm/options', '/with-headers', 'value'], ['eventsource-wasm', '/without-headers', undefined]]) {
    const code = changed(example('event-source-polyfill', "'X-Custom-Header'"), "'/events'", `'${origin}${path}'`);
    const use = `import { EventSourcePolyfill } from '${entry}';\n${code}\nes.onmessage = (event) => console.log(event.data);`;
    assert.deepEqual(await lines('headers.mjs', use, 1), ['{"c":1}']);
    assert.equal(requestTo(path).headers['x-custom-header'], sent);
  }
});

test('event-source-polyfill: the name for the id in the query, with options', async () => {
  const code = changed(example('event-source-polyfill', 'lastEventIdQueryParameterName'), 'hubUrl', `'${origin}/hub'`);
  const use = `import { EventSourcePolyfill } from 'eventsource-wasm/options';\n${code}
es.onmessage = () => es.reconnect();
es.onopen = (event) => console.log(event.url.replace('${origin}', ''));`;
  assert.deepEqual(await lines('query.mjs', use, 2), ['/hub', '/hub?Last-Event-Id=7']);
});

test('eventsource: its first example', async () => {
  const code = changed(example('eventsource', "import {EventSource} from 'eventsource'"), "'eventsource'", "'eventsource-wasm'");
  assert.deepEqual(await lines('eventsource.mjs', changed(code, 'https://my-server.com/sse', origin), 3), ['a', 'b', '{"c":1}']);
});

test('eventsource: a fetch of one\'s own, with options; the class without ignores it', async () => {
  for (const [entry, path, sent] of [['eventsource-wasm/options', '/with-fetch', 'Bearer myToken'], ['eventsource-wasm', '/without-fetch', undefined]]) {
    const code = changed(example('eventsource', "Authorization: 'Bearer myToken'"), 'https://my-server.com/sse', `${origin}${path}`);
    const use = `import { EventSource } from '${entry}';\n${code}\nes.onmessage = (event) => console.log(event.data);`;
    assert.deepEqual(await lines('fetch.mjs', use, 1), ['{"c":1}']);
    assert.equal(requestTo(path).headers.authorization, sent);
  }
});

test('eventsource 2: require gives the class by its name', async () => {
  const code = `const { EventSource } = require('eventsource-wasm');\nnew EventSource('${origin}').onmessage = (event) => console.log(event.data);`;
  assert.deepEqual(await lines('eventsource-2.cjs', code, 1), ['{"c":1}']);
});

test('eventsource-polyfill: require installs the global', async () => {
  const code = `require('eventsource-wasm/polyfill');\nnew EventSource('${origin}').onmessage = (event) => console.log(event.data);`;
  assert.deepEqual(await lines('eventsource-polyfill.cjs', code, 1), ['{"c":1}']);
});

test('sse.js: its first steps', async () => {
  const code = example('sse.js', 'var payload = JSON.parse(e.data)');
  const use = `import { EventSource as SSE } from 'eventsource-wasm';\nconst url = '${origin}';\n${code}`;
  assert.deepEqual(await lines('sse.mjs', use, 1), ['{ c: 1 }']);
});

test('sse.js: its headers, with options; and its payload as a body', async () => {
  const code = changed(example('sse.js', 'payload: "Hello, world!",\n});'), 'payload:', "method: 'POST', body:");
  const use = `import { EventSource as SSE } from 'eventsource-wasm/options';\nconst url = '${origin}/payload';\n${code}
source.onmessage = (event) => console.log(event.data);`;
  assert.deepEqual(await lines('sse-payload.mjs', use, 1), ['{"c":1}']);
  const { method, headers, body } = requestTo('/payload');
  assert.deepEqual([method, headers['content-type'], body], ['POST', 'text/plain', 'Hello, world!']);
});

test('eventsource-client: its shortest loop, with options', async () => {
  const whole = example('eventsource-client', "createEventSource('https://my-server.com/sse')");
  const code = changed(changed(whole, "{createEventSource} from 'eventsource-client'", "{ EventSource } from 'eventsource-wasm/options'"), 'createEventSource(', 'new EventSource(');
  assert.deepEqual(await lines('client.mjs', changed(code, 'https://my-server.com/sse', origin), 3), ['Data: a', 'Data: b', 'Data: {"c":1}']);
});

test('fetch-event-source: a POST with what its guide sends, with options', async () => {
  const code = changed(example('@microsoft/fetch-event-source', "foo: 'bar'"), "fetchEventSource('/api/sse'", `const source = new EventSource('${origin}/post'`);
  const use = `import { EventSource } from 'eventsource-wasm/options';\n${code}
for await (const { type, data } of source) {
  console.log(type, data);
  if (data === 'b') ctrl.abort();
}
console.log(source.readyState);`;
  assert.deepEqual(await lines('post.mjs', use, 3), ['notice a', 'update b', '2']);
  const { method, headers, body } = requestTo('/post');
  assert.deepEqual([method, headers['content-type'], body], ['POST', 'application/json', '{"foo":"bar"}']);
});

test('eventsource-parser: its stream, without the decoder before it', async () => {
  const whole = example('eventsource-parser', 'const eventStream = response.body');
  const code = changed(changed(whole, "{EventSourceParserStream} from 'eventsource-parser/stream'", "{ EventStreamDecoderStream } from 'eventsource-wasm/options'"), '.pipeThrough(new TextDecoderStream())', '');
  const use = `const response = await fetch('${origin}');\n${changed(code, 'EventSourceParserStream', 'EventStreamDecoderStream')}
for await (const { type, data, lastEventId } of eventStream) console.log(type, data, lastEventId);`;
  assert.deepEqual(await lines('parser.mjs', use, 3), ['notice a ', 'update b ', 'message {"c":1} 7']);
});

test('fetch-event-source: what its guide calls "before"', async () => {
  const [, code] = /\/\/ BEFORE:\s([^]*?)\/\/ AFTER:/.exec(example('@microsoft/fetch-event-source', '// BEFORE:'));
  const use = `import { EventSource } from 'eventsource-wasm';\n${changed(code, "'/api/sse'", `'${origin}'`)}`;
  assert.deepEqual(await lines('before.mjs', use, 1), ['{"c":1}']);
});
