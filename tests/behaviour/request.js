// The request that a source makes.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { END, answer, stream } from './scenario.js';

/** The first request of a source that has got a message. */
async function firstRequest(t, suffix = '') {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  await t.open(scenario.url + suffix).wait('message');
  return (await scenario.requests(1))[0];
}

test('request-method', {}, async (t) => {
  equal((await firstRequest(t)).method, 'GET');
});

test('request-accept', {}, async (t) => {
  equal((await firstRequest(t)).headers.accept, 'text/event-stream');
});

test('request-no-body', {}, async (t) => {
  const { headers } = await firstRequest(t);
  same([headers['content-length'], headers['content-type'], headers['transfer-encoding']], [undefined, undefined, undefined]);
});

test('request-no-last-event-id-at-first', {}, async (t) => {
  equal((await firstRequest(t)).headers['last-event-id'], undefined);
});

test('request-query', {}, async (t) => {
  const { url } = await firstRequest(t, '?a=1&b=%20;/?#c');
  assert(url.endsWith('?a=1&b=%20;/?'), url);
});

test('request-mode', {}, async (t) => {
  const { headers } = await firstRequest(t);
  // A browser need not send these, but what it sends has to be true.
  for (const [name, value] of [['sec-fetch-mode', 'cors'], ['sec-fetch-dest', 'empty'], ['sec-fetch-site', 'same-origin']]) {
    if (headers[name] !== undefined) equal(headers[name], value, name);
  }
});

test('request-cache-no-store', {}, async (t) => {
  const cacheable = answer(
    200,
    { 'Content-Type': 'text/event-stream', 'Cache-Control': 'max-age=3600', 'Last-Modified': 'Thu, 01 Jan 2015 00:00:00 GMT' },
    'retry: 1\ndata: 1\n\n',
    END,
  );
  const scenario = await t.scenario(cacheable, cacheable, stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 3);
  same(log.data(), ['1', '1', '2']);
  await t.open(scenario.url).wait('error');
  const requests = await scenario.requests(4);
  equal(requests[3].headers['if-modified-since'], undefined, 'conditional request');
});

test('request-needs-no-listeners', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  equal((await scenario.requests(1)).length, 1);
  source.close();
});

test('request-for-each-source', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), stream('data: 2\n\n'));
  const logs = [t.open(scenario.url), t.open(scenario.url)];
  await Promise.all(logs.map((log) => log.wait('message')));
  same(logs.map((log) => log.data()[0]).sort(), ['1', '2']);
});

test('request-is-made-later', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  same(log.types(), [], 'while the constructor runs');
  await Promise.resolve();
  same(log.types(), [], 'in its promise jobs');
  await log.wait('message');
});
