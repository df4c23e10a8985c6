// What docs/migration.md promises: the examples of the peers' own guides, taken from the installed packages, run with no more than
// their import changed; and what its tables say of the peers and of this package, shown with both.

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
  browser = await launch('chromium');
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await browser?.quit();
  server.closeAllConnections();
  server.close();
});

const dist = (file) => new URL(`../../dist/${file}`, import.meta.url);
const FILES = {
  '/polyfill.js': dist('polyfill.js'),
  '/core.js': dist('core.js'),
  '/eventsource.wasm': dist('eventsource.wasm'),
  '/eventsource.options.js': dist('eventsource.options.js'),
  '/eventsource-polyfill.js': new URL('eventsource-polyfill/dist/eventsource.js', modules),
  '/sse.js': new URL('sse.js/lib/sse.js', modules),
};

/** What is not the stream of three events that all other paths are. What has an end is ended. */
const ANSWERS = {
  '/not-found': { status: 404, type: 'text/plain', text: 'nothing here', ends: true },
  '/created': { status: 201, type: 'text/plain', text: 'data: a\n\n', ends: true },
  '/accepted': { status: 202, text: 'data: a\n\n' },
  '/moved': { status: 302, location: '/here', ends: true },
  '/unterminated': { text: 'data: a\n\ndata: b', ends: true },
  '/empty': { text: '', ends: true },
  '/ends': { text: 'id: 7\nretry: 1\ndata: a\n\n', ends: true },
  '/nothing': { text: ': hello\n\ndata: a\n\n' },
  '/lines': { text: 'data: 0123456789\n'.repeat(5) },
};
const STREAM = 'event: notice\ndata: a\n\nevent: update\ndata: b\n\nid: 7\ndata: {"c":1}\n\n';
const pages = {};

function answer(request, response) {
  const { pathname } = new URL(request.url, origin);
  if (pages[pathname]) return response.writeHead(200, { 'Content-Type': 'text/html' }).end(pages[pathname]);
  if (FILES[pathname]) return response.writeHead(200, { 'Content-Type': pathname.endsWith('.js') ? 'text/javascript' : 'application/wasm' }).end(readFileSync(FILES[pathname]));
  const record = { url: request.url, method: request.method, headers: request.headers, body: '' };
  requests.push(record);
  request.on('data', (data) => { record.body += data; });
  const { status = 200, type = 'text/event-stream', location, text = STREAM, ends } = ANSWERS[pathname] ?? {};
  response.writeHead(status, location ? { Location: location } : { 'Content-Type': type });
  response.write(text);
  if (ends) response.end();
}

/** All requests of this path by now. */
function requestsTo(path) {
  return requests.filter(({ url }) => url.startsWith(path));
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

/** What a peer is imported by, in a file of the app. */
const peer = (name) => import.meta.resolve(name);

/** Opens a page with this script, a module; gives what it has put into `window.outcome`. */
async function outcome(script) {
  pages['/page.html'] = `<!doctype html><link rel="icon" href="data:,"><script>${script.classic ?? ''}</script><script type="module">${script.module}</script>`;
  await browser.driver.get(`${origin}/page.html`);
  return browser.driver.wait(() => browser.driver.executeScript('return window.outcome'), 30_000, 'there was no outcome');
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

// ---- what the tables say, beside what the peers do

test('event-source-polyfill: in Node a default beside the named exports; here there is none', async () => {
  const code = (from) => `console.log(Object.keys(await import('${from}')).filter((name) => name === 'default' || name.startsWith('EventSource')).sort().join());`;
  assert.deepEqual(await lines('exports-theirs.mjs', code(peer('event-source-polyfill')), 1), ['EventSource,EventSourcePolyfill,default']);
  assert.deepEqual(await lines('exports-ours.mjs', code('eventsource-wasm'), 1), ['EventSource,EventSourcePolyfill']);
});

test('event-source-polyfill and others: here the wait is 3 s, or another with options, and longer after an attempt without an event', async () => {
  const use = `import { EventSource } from 'eventsource-wasm/options';
for (const retry of [{ jitter: 0 }, { initial: 1000, max: 16000, jitter: 0 }]) {
  for (const path of ['/unterminated', '/empty']) {
    const source = new EventSource('${origin}' + path, { retry });
    await new Promise((resolve) => { source.onerror = ({ retryIn }) => resolve(console.log(path, retryIn)); });
    source.close();
  }
}`;
  assert.deepEqual(await lines('waits.mjs', use, 4), ['/unterminated 3000', '/empty 6000', '/unterminated 1000', '/empty 2000']);
});

test('eventsource: its ErrorEvent; here a plain Event, with the same code and a reason', async () => {
  const code = (from, more) => `import * as entry from '${from}';
new entry.EventSource('${origin}/not-found').onerror = function (event) {
  console.log('ErrorEvent' in entry, event.constructor.name, event.code, typeof event.message, ${more}, this.readyState);
  process.exit();
};`;
  assert.deepEqual(await lines('error-theirs.mjs', code(peer('eventsource'), 'event.reason'), 1), ['true ErrorEvent 404 string undefined 2']);
  assert.deepEqual(await lines('error-ours.mjs', code('eventsource-wasm/options', 'event.reason'), 1), ['false Event 404 string http-status 2']);
});

test('eventsource: short lines of one event that are too long together; the same here', async () => {
  const code = (from, options) => `import { EventSource } from '${from}';
const source = new EventSource('${origin}/lines', ${options});
source.onerror = () => { console.log(source.readyState); process.exit(); };`;
  assert.deepEqual(await lines('large-theirs.mjs', code(peer('eventsource'), '{ maxBufferSize: 30 }'), 1), ['2']);
  assert.deepEqual(await lines('large-ours.mjs', code('eventsource-wasm/options', '{ maxEventSize: 30 }'), 1), ['2']);
});

test('eventsource-polyfill: what it sends, and another name where there is an EventSource', async () => {
  const { isNative } = await outcome({
    classic: "window.Native = EventSource; window._eventSourceImportPrefix = 'My';",
    module: `
const script = document.createElement('script');
script.src = '/eventsource-polyfill.js';
script.onload = () => {
  const source = new MyEventSource('/ends?polyfill');
  // It is made anew half a second later.
  let opened = 0;
  source.onopen = () => { if (++opened === 2) { source.close(); window.outcome = { isNative: EventSource === Native }; } };
};
document.head.append(script);`,
  });
  assert.equal(isNative, true);
  const [first, second] = requestsTo('/ends?polyfill');
  assert.equal(first.url, '/ends?polyfill&evs_buffer_size_limit=262144');
  assert.equal(first.headers['x-requested-with'], 'XMLHttpRequest');
  assert.equal(second.url, first.url);
  assert.equal(second.headers['last-event-id'], '7');
});

test('eventsource-polyfill: here the id goes by the header, with options in the query as well; no other header is sent', async () => {
  const use = `import { EventSource } from 'eventsource-wasm/options';
const source = new EventSource('${origin}/ends?ours', { lastEventIdQueryParameterName: 'evs_last_event_id' });
let opened = 0;
source.onopen = () => { if (++opened === 2) { console.log('twice'); process.exit(); } };`;
  assert.deepEqual(await lines('id.mjs', use, 1), ['twice']);
  const [first, second] = requestsTo('/ends?ours');
  assert.equal(first.url, '/ends?ours');
  assert.equal(first.headers['x-requested-with'], undefined);
  assert.equal(second.url, '/ends?ours&evs_last_event_id=7');
  assert.equal(second.headers['last-event-id'], '7');
});

test('eventsource-client: url where redirects have led; here open has it', async () => {
  const theirs = `import { createEventSource } from '${peer('eventsource-client')}';
const source = createEventSource({ url: '${origin}/moved', onMessage() { console.log(source.url); process.exit(); } });`;
  assert.deepEqual(await lines('url-theirs.mjs', theirs, 1), [`${origin}/here`]);
  const ours = `import { EventSource } from 'eventsource-wasm/options';
const source = new EventSource('${origin}/moved');
source.onopen = ({ url }) => { console.log(source.url, url); process.exit(); };`;
  assert.deepEqual(await lines('url-ours.mjs', ours, 1), [`${origin}/moved ${origin}/here`]);
});

test('eventsource-client: connect() after close(); here CLOSED is final, and reconnect() is for before', async () => {
  const theirs = `import { createEventSource } from '${peer('eventsource-client')}';
let messages = 0;
const source = createEventSource({ url: '${origin}/ends?client', onMessage() {
  if (++messages === 2) { console.log(source.readyState); process.exit(); }
}, onDisconnect() { source.close(); source.connect(); } });`;
  assert.deepEqual(await lines('connect-theirs.mjs', theirs, 1), ['open']);
  const ours = `import { EventSource } from 'eventsource-wasm/options';
const source = new EventSource('${origin}/again');
source.onmessage = () => { source.reconnect(); source.onmessage = () => { source.close(); source.reconnect(); console.log(source.readyState); }; };`;
  assert.deepEqual(await lines('connect-ours.mjs', ours, 1), ['2']);
  assert.equal(requestsTo('/again').length, 2);
});

test('eventsource-client: any status and type; here an error', async () => {
  const theirs = `import { createEventSource } from '${peer('eventsource-client')}';
createEventSource({ url: '${origin}/created', onMessage({ data }) { console.log(data); process.exit(); } });`;
  assert.deepEqual(await lines('status-theirs.mjs', theirs, 1), ['a']);
  const ours = `import { EventSource } from 'eventsource-wasm/options';
new EventSource('${origin}/created').onerror = ({ reason, willRetry }) => console.log(reason, willRetry);`;
  assert.deepEqual(await lines('status-ours.mjs', ours, 1), ['http-status false']);
});

test('sse.js: any status from 200 to 299 and any type, an event without its end, the body of an error; here none of them', async () => {
  const shown = await outcome({ module: `
import { SSE } from '/sse.js';
import { EventSource, parse } from '/eventsource.options.js';
const all = (Class, path) => new Promise((resolve) => {
  const source = new Class(path, { retry: false });
  const data = [];
  source.addEventListener('message', (event) => data.push(event.data));
  source.addEventListener('error', (event) => resolve({ data, error: event.reason ?? event.data }));
  source.addEventListener('readystatechange', ({ readyState }) => { if (readyState === 2) resolve({ data }); });
});
const outcome = {};
for (const path of ['/created', '/unterminated', '/not-found']) outcome[path] = [await all(SSE, path), await all(EventSource, path)];
outcome.parsed = [];
for await (const { data } of parse((await fetch('/created')).body)) outcome.parsed.push(data);
window.outcome = outcome;` });
  assert.deepEqual(shown, {
    '/created': [{ data: ['a'] }, { data: [], error: 'http-status' }],
    '/unterminated': [{ data: ['a', 'b'] }, { data: ['a'], error: 'stream-ended' }],
    '/not-found': [{ data: [], error: 'nothing here' }, { data: [], error: 'http-status' }],
    parsed: ['a'],
  });
});

/** Its module looks for a window and a document. */
const fetchEventSource = `globalThis.window = globalThis;
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
const { fetchEventSource } = await import('${peer('@microsoft/fetch-event-source')}');`;

test('fetch-event-source: fulfilled when the server ends; here a GET goes on, and a loop ends with `retry: false` or a POST', async () => {
  const theirs = `${fetchEventSource}
await fetchEventSource('${origin}/ends?theirs', { onmessage: ({ data }) => console.log(data), onclose: () => console.log('closed') });
console.log('fulfilled');
process.exit();`;
  assert.deepEqual(await lines('end-theirs.mjs', theirs, 3), ['a', 'closed', 'fulfilled']);
  const ours = `import { EventSource } from 'eventsource-wasm/options';
for (const init of [{ retry: false }, { method: 'POST' }]) {
  for await (const { data } of new EventSource('${origin}/ends?loop', init)) console.log(data);
  console.log('over');
}
let messages = 0;
for await (const { data } of new EventSource('${origin}/ends?get')) {
  console.log(data);
  if (++messages === 2) process.exit();
}`;
  assert.deepEqual(await lines('end-ours.mjs', ours, 6), ['a', 'over', 'a', 'over', 'a', 'a']);
  assert.equal(requestsTo('/ends?loop').length, 2);
});

test('fetch-event-source: a blank line is a message; here only after data', async () => {
  const theirs = `${fetchEventSource}
fetchEventSource('${origin}/nothing', { onmessage: ({ data }) => console.log(JSON.stringify(data)) });`;
  assert.deepEqual(await lines('blank-theirs.mjs', theirs, 2), ['""', '"a"']);
  const ours = `import { EventSource } from 'eventsource-wasm';
new EventSource('${origin}/nothing').onmessage = ({ data }) => console.log(JSON.stringify(data));`;
  assert.deepEqual(await lines('blank-ours.mjs', ours, 1), ['"a"']);
});

test('fetch-event-source: any status with its type; here an error', async () => {
  const theirs = `${fetchEventSource}
fetchEventSource('${origin}/accepted', { onmessage: ({ data }) => console.log(data) });`;
  assert.deepEqual(await lines('accepted-theirs.mjs', theirs, 1), ['a']);
  const ours = `import { EventSource } from 'eventsource-wasm/options';
new EventSource('${origin}/accepted').onerror = ({ reason }) => console.log(reason);`;
  assert.deepEqual(await lines('accepted-ours.mjs', ours, 1), ['http-status']);
});
