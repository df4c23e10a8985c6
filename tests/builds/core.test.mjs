// The core: what happens when it can't be had, is not there yet, or traps.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages, head } from './pages.mjs';

const pages = new Pages();
before(() => pages.start());
after(() => pages.close());

test('a core that can not be loaded: one console error with file and reason, then error and CLOSED', async () => {
  await pages.open('/alone-page');
  const found = await pages.run(`async () => {
    const source = new EventSource('/x');
    const type = await new Promise((resolve) => { source.onerror = (event) => resolve(event.type); source.onopen = () => resolve('open'); });
    return { type, readyState: source.readyState, problems };
  }`);
  assert.equal(found.type, 'error');
  assert.equal(found.readyState, 2);
  assert.equal(found.problems.length, 1, found.problems.join('\n'));
  assert.match(found.problems[0], /^console: eventsource-wasm: .*\/alone\/(core\.js|eventsource\.wasm): ./);
});

/** What `fetch` answers for the core's file; `streaming` and `whole` are how often WebAssembly compiles. */
const ANSWERS = {
  'of the right type, is compiled while it comes in': ["new Response(body, { headers: { 'Content-Type': 'application/wasm' } })", { streaming: 1, whole: 0, es5: false }],
  'of another type, is compiled when it is there': ["new Response(body, { headers: { 'Content-Type': 'text/plain' } })", { streaming: 0, whole: 1, es5: false }],
  "that is a script's object, is compiled when it is there": ['{ ok: true, arrayBuffer: () => new Response(body).arrayBuffer() }', { streaming: 0, whole: 1, es5: false }],
  'that is none, is replaced by the core in ES5': ["new Response(body, { status: 404, headers: { 'Content-Type': 'application/wasm' } })", { streaming: 0, whole: 0, es5: true }],
  'that is broken, is replaced by the core in ES5': ["new Response('no', { headers: { 'Content-Type': 'application/wasm' } })", { streaming: 1, whole: 0, es5: true }],
};

for (const [what, [answer, { es5, ...counts }]] of Object.entries(ANSWERS)) {
  test(`the core's file, ${what}`, async () => {
    const { url } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
    await pages.open('/missing');
    const found = await pages.run(
      `async (url) => {
        const [request, { compile, compileStreaming }] = [window.fetch, WebAssembly];
        const counts = { streaming: 0, whole: 0 };
        WebAssembly.compileStreaming = (response) => { counts.streaming += 1; return compileStreaming(response); };
        WebAssembly.compile = (bytes) => { counts.whole += 1; return compile(bytes); };
        window.fetch = async (...values) => {
          const response = await request(...values);
          const { body } = response;
          return /wasm$/.test(values[0]) ? ${answer} : response;
        };
        const source = new EventSource(url);
        await new Promise((resolve) => { source.onmessage = source.onerror = resolve; });
        const { readyState } = source;
        source.close();
        const es5 = performance.getEntriesByType('resource').some(({ name }) => /core\\.es5\\.js$/.test(name));
        return { counts, es5, readyState, problems };
      }`,
      url,
    );
    assert.deepEqual(found, { counts, es5, readyState: 1, problems: [] });
  });
}

test('a page whose policy forbids WebAssembly: one console error that says so, then error and CLOSED, for the core inside a module', async () => {
  await pages.open('/no-wasm');
  const found = await pages.run(`async () => {
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
  await pages.open('/missing');
  const found = await pages.run(`async () => {
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

test('close() before the core is there: no request, no event', async () => {
  const { url, record } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
  await pages.open('/missing');
  const events = await pages.run(
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
  const { url: url, record } = await pages.scenario([first, [head, { write: 'data: second\n\n' }]]);
  const { url: trapping } = await pages.scenario([[head, { write: 'data: trap\n\n' }]]);
  await pages.open('/empty');
  const found = await pages.run(
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
