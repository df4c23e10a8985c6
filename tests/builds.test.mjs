// The builds as a page loads them, in Chromium: what a page without need of them pays, what happens when the core can't be
// had or traps, and what is left after much use. What the class does is the behaviour suite's.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './browsers.mjs';
import { startServer } from './server.mjs';

let server;
let browser;
let firehose;

/** Pages by path; the script of each runs before anything else. */
const withPolyfill = (src, attributes = '') => `<script nonce="x">window.Native = EventSource; delete window.EventSource</script><script src="${src}" ${attributes}></script>`;
const PAGES = {
  '/native': { body: '<script src="/dist/polyfill.js"></script>' },
  '/missing': { body: withPolyfill('/dist/polyfill.js') },
  '/empty': { body: '' },
  // The folder has the script, and nothing beside it.
  '/alone-page': { body: withPolyfill('/alone/polyfill.js') },
  '/no-wasm': { body: withPolyfill('/dist/polyfill.js'), policy: "script-src 'self' 'unsafe-inline'" },
  '/nonce': { body: withPolyfill('/dist/polyfill.js', 'nonce="x"'), policy: "script-src 'nonce-x' 'wasm-unsafe-eval'" },
  '/module': { body: withPolyfill('/npm/a@1.0/(x86)/polyfill.js', 'type="module"') },
  '/clobbered': { body: `<img name="currentScript" src="data:,">${withPolyfill('/dist/polyfill.js')}` },
};

before(async () => {
  server = await startServer({ route });
  firehose = createServer(pour).listen(0, '127.0.0.1');
  await once(firehose, 'listening');
  browser = await launch('chromium', { args: ['--js-flags=--expose-gc', '--enable-precise-memory-info'] });
  await browser.driver.manage().setTimeouts({ script: 300_000 });
});

after(async () => {
  await browser?.quit();
  firehose?.closeAllConnections();
  firehose?.close();
  await server?.close();
});

async function route({ pathname }) {
  const [, folder, file] = /^\/(alone|npm\/a@1\.0\/\(x86\))\/([\w.]+)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (folder && (folder !== 'alone' || file === 'polyfill.js')) {
    const response = await fetch(`${server.origin}/dist/${file}`);
    return { headers: { 'Content-Type': response.headers.get('Content-Type') }, body: Buffer.from(await response.arrayBuffer()) };
  }
  const { body, policy } = PAGES[pathname] ?? {};
  if (body === undefined) return undefined;
  const watch = `<script nonce="x">
    window.problems = [];
    addEventListener('error', (event) => problems.push('error: ' + event.message));
    addEventListener('unhandledrejection', (event) => problems.push('unhandled: ' + event.reason));
    const error = console.error;
    console.error = (...values) => { problems.push('console: ' + values.map(String).join(' ')); };
  </script>`;
  const headers = { 'Content-Type': 'text/html', ...(policy && { 'Content-Security-Policy': policy }) };
  return { headers, body: `<!doctype html><link rel="icon" href="data:,">${watch}${body}` };
}

/** `?bytes=n`: so many bytes of numbered events, as fast as they are read. */
function pour(request, response) {
  let left = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('bytes'));
  let number = 0;
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*' });
  const more = () => {
    while (left > 0) {
      let chunk = '';
      while (chunk.length < 65_536) chunk += `data: event number ${String(number++).padStart(12, '0')}, which is a small one\n\n`;
      left -= chunk.length;
      if (!response.write(chunk)) return response.once('drain', more);
    }
    response.end(`event: end\ndata: ${number}\n\n`);
  };
  more();
}

async function page(path) {
  await browser.driver.get(server.origin + path);
}

/** Runs an async function in the page. */
async function inPage(body, ...values) {
  const { result, error } = await browser.driver.executeAsyncScript(
    `const values = [...arguments]; const done = values.pop();
     (${body})(...values).then((result) => done({ result }), (error) => done({ error: String(error && error.stack || error) }));`,
    ...values,
  );
  assert.equal(error, undefined);
  return result;
}

async function scenario(responses) {
  const body = JSON.stringify({ responses, last: 'repeat' });
  const registered = await (await fetch(`${server.controlOrigin}/scenarios`, { method: 'POST', body })).json();
  const record = async (condition) =>
    (await (await fetch(`${server.controlOrigin}/scenarios/${registered.id}?${condition}`)).json()).requests;
  return { url: server.origin + registered.path, record };
}

const head = { head: { status: 200, headers: { 'Content-Type': 'text/event-stream' } } };

test('where EventSource is native the polyfill does nothing and requests nothing', async () => {
  await page('/native');
  const found = await inPage(`async () => ({
    native: /\\[native code\\]/.test(String(EventSource)),
    requests: performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
  })`);
  assert.deepEqual(found, { native: true, requests: ['/dist/polyfill.js'] });
});

test('the polyfill installs the class as WebIDL does, in time for the next script', async () => {
  await page('/missing');
  const found = await inPage(`async () => ({
    there: 'EventSource' in window,
    descriptor: Object.getOwnPropertyDescriptor(window, 'EventSource'),
  })`);
  assert.equal(found.there, true);
  const { writable, enumerable, configurable } = found.descriptor;
  assert.deepEqual({ writable, enumerable, configurable }, { writable: true, enumerable: false, configurable: true });
});

test('a core that can not be loaded: one console error with file and reason, then error and CLOSED', async () => {
  await page('/alone-page');
  const found = await inPage(`async () => {
    const source = new EventSource('/x');
    const type = await new Promise((resolve) => { source.onerror = (event) => resolve(event.type); source.onopen = () => resolve('open'); });
    return { type, readyState: source.readyState, problems };
  }`);
  assert.equal(found.type, 'error');
  assert.equal(found.readyState, 2);
  assert.equal(found.problems.length, 1, found.problems.join('\n'));
  assert.match(found.problems[0], /^console: eventsource-wasm: .*\/alone\/(core\.js|eventsource\.wasm): ./);
});

test('a page whose policy forbids WebAssembly: one console error that says so, then error and CLOSED, for the core inside a module', async () => {
  await page('/no-wasm');
  const found = await inPage(`async () => {
    const { EventSource } = await import('/dist/eventsource.js');
    const source = new EventSource('/x');
    await new Promise((resolve) => { source.onerror = resolve; });
    return { readyState: source.readyState, problems };
  }`);
  assert.equal(found.readyState, 2);
  assert.equal(found.problems.length, 1, found.problems.join('\n'));
  assert.match(found.problems[0], /the WebAssembly inside the script: .*'wasm-unsafe-eval'/);
});

test('neither fetch streams nor XMLHttpRequest: one NotSupportedError on the console, then error and CLOSED', async () => {
  await page('/missing');
  const found = await inPage(`async () => {
    delete Response.prototype.body;
    delete window.XMLHttpRequest;
    const source = new EventSource('/x');
    const type = await new Promise((resolve) => { source.onerror = (event) => resolve(event.type); source.onopen = () => resolve('open'); });
    return { type, readyState: source.readyState, problems };
  }`);
  assert.deepEqual({ type: found.type, readyState: found.readyState }, { type: 'error', readyState: 2 });
  assert.equal(found.problems.length, 1, found.problems.join('\n'));
  assert.match(found.problems[0], /^console: eventsource-wasm: .*NotSupportedError: .*fetch.*XMLHttpRequest/);
});

for (const path of ['/no-wasm', '/nonce', '/module', '/clobbered']) {
  test(`the script tag finds its core: ${path.slice(1)}`, async () => {
    const { url } = await scenario([[head, { write: 'data: x\n\n' }]]);
    await page(path);
    const found = await inPage(
      `async (url) => {
        const native = window.EventSource === Native;
        const source = new EventSource(url);
        const data = await new Promise((resolve) => {
          source.onmessage = (event) => resolve(event.data);
          source.onerror = () => resolve(problems.join());
        });
        source.close();
        return { native, data };
      }`,
      url,
    );
    assert.deepEqual(found, { native: false, data: 'x' });
  });
}

test("a page's own fetch that gives no responses is a network error, and nobody else's", async () => {
  const { url } = await scenario([[head, { write: 'data: x\n\n' }]]);
  await page('/empty');
  const found = await inPage(
    `async (url) => {
      let instances = 0;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = (...values) => { instances += 1; return instantiate(...values); };
      const { EventSource } = await import('/dist/eventsource.js');
      const good = new EventSource(url);
      await new Promise((resolve) => { good.onmessage = resolve; });
      const errors = [];
      good.onerror = () => errors.push('good');
      const fetch = window.fetch;
      window.fetch = async () => ({ ok: true, json() {} });
      const bad = new EventSource('/bad');
      await new Promise((resolve) => { bad.onerror = resolve; });
      const { readyState } = bad;
      bad.close();
      window.fetch = fetch;
      good.close();
      return { instances, errors, readyState, problems };
    }`,
    url,
  );
  assert.deepEqual(found, { instances: 1, errors: [], readyState: 0, problems: [] });
});

test("odd answers of a page's own fetch harm nobody else", async () => {
  const { url } = await scenario([[head, { write: 'data: x\n\n' }]]);
  await page('/empty');
  const found = await inPage(
    `async (url) => {
      const { EventSource } = await import('/dist/eventsource.js');
      const good = new EventSource(url);
      await new Promise((resolve) => { good.onmessage = resolve; });
      const errors = [];
      good.onerror = () => errors.push('good');
      const headers = new Headers({ 'Content-Type': 'text/event-stream' });
      const reader = (members) => {
        const chunks = [new TextEncoder().encode('data: 1\\n\\n')];
        return { read: () => (chunks.length ? Promise.resolve({ done: false, value: chunks.pop() }) : new Promise(() => {})), ...members };
      };
      const sound = { status: 200, url, headers, body: { getReader: () => reader({ cancel: async () => {} }) } };
      const odd = {
        'URL object': { ...sound, url: new URL(url) },
        'number for a URL': { ...sound, url: 5 },
        'relative URL': { ...sound, url: '/x' },
        'no URL': { ...sound, url: undefined },
        'number for a type': { ...sound, headers: { get: () => 7 } },
        'cancel gives nothing': { ...sound, body: { getReader: () => reader({ cancel() {} }) } },
        'cancel throws': { ...sound, body: { getReader: () => reader({ cancel() { throw new Error('no'); } }) } },
        'no cancel': { ...sound, body: { getReader: () => reader({}) } },
        'no reader': { ...sound, body: { getReader: () => null } },
      };
      const { fetch } = window;
      const ends = {};
      for (const [name, answer] of Object.entries(odd)) {
        // More than once: what is corrupted shows late.
        for (let round = 0; round < 5; round += 1) {
          window.fetch = async () => answer;
          const source = new EventSource('/odd');
          ends[name] = await new Promise((resolve) => {
            source.onmessage = (event) => resolve('message ' + event.data);
            source.onerror = () => resolve('error ' + source.readyState);
          });
          source.close();
          window.fetch = fetch;
        }
      }
      good.close();
      return { ends, errors, problems };
    }`,
    url,
  );
  const message = 'message 1';
  assert.deepEqual(found, {
    ends: {
      'URL object': message,
      'number for a URL': message,
      'relative URL': message,
      'no URL': message,
      'number for a type': 'error 2',
      'cancel gives nothing': message,
      'cancel throws': message,
      'no cancel': message,
      'no reader': 'error 0',
    },
    errors: [],
    problems: [],
  });
});

test('close() before the core is there: no request, no event', async () => {
  const { url, record } = await scenario([[head, { write: 'data: x\n\n' }]]);
  await page('/missing');
  const events = await inPage(
    `async (url) => {
      const events = [];
      const closed = new EventSource(url + '?closed');
      closed.onopen = closed.onerror = closed.onmessage = (event) => events.push(event.type);
      closed.close();
      const control = new EventSource(url);
      await new Promise((resolve) => { control.onmessage = resolve; });
      control.close();
      return events;
    }`,
    url,
  );
  assert.deepEqual(events, []);
  const requests = await record('closed=1');
  assert.equal(requests.length, 1);
  assert.ok(!requests[0].url.includes('closed'));
});

// In a report of the core, and in a task of its own between two reports.
for (const call of ['.deliver(', '.status']) test(`a trap in ${call} ends its own source, and the others go on with a fresh instance and their last event IDs`, async () => {
  const first = [head, { write: 'retry: 100\nid: a1\ndata: first\n\n' }];
  const { url: url, record } = await scenario([first, [head, { write: 'data: second\n\n' }]]);
  const { url: trapping } = await scenario([[head, { write: 'data: trap\n\n' }]]);
  await page('/empty');
  const found = await inPage(
    `async (url, trapping, where) => {
      // Instances whose calls throw, as a trap does, while the core runs for the source that is to trap.
      let instances = 0;
      let trap = false;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (module, imports) => {
        instances += 1;
        const wrapped = {};
        for (const [name, object] of Object.entries(imports)) {
          wrapped[name] = {};
          for (const [key, call] of Object.entries(object)) {
            wrapped[name][key] = (...values) => {
              const result = call(...values);
              if (trap && String(call).includes(where)) {
                trap = false;
                throw new WebAssembly.RuntimeError('unreachable');
              }
              return result;
            };
          }
        }
        return instantiate(module, wrapped);
      };
      const { EventSource } = await import('/dist/eventsource.js');
      const log = [];
      const next = (source, type) => new Promise((resolve) => source.addEventListener(type, resolve, { once: true }));
      const good = new EventSource(url);
      for (const type of ['open', 'error', 'message']) {
        good.addEventListener(type, (event) => log.push([type, good.readyState, event.data, event.lastEventId].filter((value) => value !== undefined)));
      }
      await next(good, 'message');
      const bad = new EventSource(trapping);
      if (where === '.deliver(') await next(bad, 'open');
      trap = true;
      await next(bad, 'error');
      const badState = bad.readyState;
      await next(good, 'message');
      good.close();
      return { instances, badState, log, problems };
    }`,
    url,
    trapping,
    call,
  );
  assert.equal(found.instances, 2);
  assert.equal(found.badState, 2);
  assert.deepEqual(found.log, [['open', 1], ['message', 1, 'first', 'a1'], ['error', 0], ['open', 1], ['message', 1, 'second', 'a1']]);
  assert.equal(found.problems.length, 1, found.problems.join('\n'));
  assert.match(found.problems[0], /^console: eventsource-wasm: .*internal error.*unreachable/);
  const requests = await record('closed=2');
  assert.equal(requests[1].headers['last-event-id'], 'a1');
});

test('1,000 sources opened and closed leave nothing behind', async () => {
  const { url, record } = await scenario([[head, { write: 'data: x\n\n' }]]);
  await page('/empty');
  const found = await inPage(
    `async (url) => {
      let memory;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...values) => {
        const instance = await instantiate(...values);
        memory = instance.exports.memory;
        return instance;
      };
      const { EventSource } = await import('/dist/eventsource.js');
      const refs = [];
      const openAndClose = () => new Promise((resolve) => {
        const source = new EventSource(url);
        refs.push(new WeakRef(source));
        source.onmessage = () => { source.close(); resolve(); };
      });
      const rounds = async (count) => {
        for (let round = 0; round < count; round += 5) await Promise.all([1, 2, 3, 4, 5].map(openAndClose));
      };
      await rounds(50);
      const before = memory.buffer.byteLength;
      await rounds(1000);
      const after = memory.buffer.byteLength;
      // Collected a turn later than their last job.
      for (let turn = 0; turn < 20 && refs.some((ref) => ref.deref()); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        gc();
      }
      return { before, after, alive: refs.filter((ref) => ref.deref()).length, made: refs.length, problems };
    }`,
    url,
  );
  assert.deepEqual(found.problems, []);
  assert.equal(found.made, 1050);
  assert.equal(found.alive, 0);
  assert.equal(found.after, found.before);
  await record('closed=1050');
});

test('a stream of 1 GB of small events keeps memory flat', async () => {
  await page('/empty');
  const bytes = Number(process.env.STREAM_BYTES ?? 1e9);
  const found = await inPage(
    `async (url) => {
      let memory;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...values) => {
        const instance = await instantiate(...values);
        memory = instance.exports.memory;
        return instance;
      };
      const { EventSource } = await import('/dist/eventsource.js');
      const measure = () => { gc(); return { heap: performance.memory.usedJSHeapSize, wasm: memory.buffer.byteLength }; };
      const source = new EventSource(url);
      let count = 0;
      let wrong = 0;
      let early;
      source.onmessage = ({ data }) => {
        if (Number(data.slice(13, 25)) !== count) wrong += 1;
        count += 1;
        if (count === 100000) early = measure();
      };
      const sent = await new Promise((resolve) => source.addEventListener('end', ({ data }) => resolve(Number(data))));
      // What was under way when the last event came may be megabytes: the stream is still open, and idle now.
      let late;
      for (let tries = 0; tries < 20 && !(late && late.heap < early.heap + 16e6); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve));
        late = measure();
      }
      source.close();
      return { early, late, count, sent, wrong, problems };
    }`,
    `http://127.0.0.1:${firehose.address().port}/?bytes=${bytes}`,
  );
  assert.deepEqual(found.problems, []);
  assert.equal(found.count, found.sent);
  assert.equal(found.wrong, 0);
  assert.ok(found.late.wasm < 32_000_000, JSON.stringify(found));
  assert.ok(found.late.heap < found.early.heap + 16_000_000, JSON.stringify(found));
});
