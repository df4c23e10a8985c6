// A page that has put a fetch of its own in the place of the browser's.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages, head } from './pages.mjs';

const pages = new Pages();
before(() => pages.start());
after(() => pages.close());

test("a page's own fetch that gives no responses is a network error, and nobody else's", async () => {
  const { url } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
  await pages.open('/empty');
  const found = await pages.run(
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
  const { url } = await pages.scenario([[head, { write: 'data: x\n\n' }]]);
  await pages.open('/empty');
  const found = await pages.run(
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
