// The script tag as a page loads it: what a page without need of it pays, what it installs, and whether it finds its core.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages, head } from './pages.mjs';

const pages = new Pages();
before(() => pages.start());
after(() => pages.close());

test('where EventSource is native the polyfill does nothing and requests nothing', async () => {
  await pages.open('/native');
  const found = await pages.run(`async () => ({
    native: /\\[native code\\]/.test(String(EventSource)),
    requests: performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname),
  })`);
  assert.deepEqual(found, { native: true, requests: ['/dist/polyfill.js'] });
});

test('the polyfill installs the class as WebIDL does, in time for the next script', async () => {
  await pages.open('/missing');
  const found = await pages.run(`async () => ({
    there: 'EventSource' in window,
    descriptor: Object.getOwnPropertyDescriptor(window, 'EventSource'),
  })`);
  assert.equal(found.there, true);
  const { writable, enumerable, configurable } = found.descriptor;
  assert.deepEqual({ writable, enumerable, configurable }, { writable: true, enumerable: false, configurable: true });
});

for (const path of ['/no-wasm', '/nonce', '/module', '/clobbered']) {
  test(`the script tag finds its core: ${path.slice(1)}`, async () => {
    const { url } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
    await pages.open(path);
    const found = await pages.run(
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
