// close() at any moment: no event after it, and the request is really aborted.

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { END, SERVER_ERROR, stream, wait } from './scenario.js';

test('close-is-immediate', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  log.source.close();
  equal(log.source.readyState, 2);
  await t.fence();
  same(log.types(), []);
});

test('close-while-connecting', {}, async (t) => {
  const scenario = await t.scenario([wait('never')]);
  const log = t.open(scenario.url);
  await scenario.requests(1);
  log.source.close();
  equal(log.source.readyState, 2);
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
  await t.fence();
  same(log.types(), []);
});

test('close-when-open', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  log.source.close();
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
  await t.fence();
  same(log.types(), ['open', 'message']);
});

test('close-in-open-handler', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  log.source.onopen = () => log.source.close();
  await log.wait('open');
  // Whether the server sees it is left to the tests that close later: Firefox's fetch itself, aborted between the headers and
  // the first read, keeps one connection in some hundred.
  await t.fence();
  same(log.types(), ['open']);
  equal(log.source.readyState, 2);
});

test('close-in-handler-mid-batch', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n'));
  const log = t.open(scenario.url);
  log.source.onmessage = (event) => event.data === '2' && log.source.close();
  await scenario.closed(1);
  await t.fence();
  same(log.data(), ['1', '2']);
});

test('close-in-promise-job-mid-batch', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\ndata: 3\n\n'));
  const log = t.open(scenario.url);
  log.source.onmessage = () => Promise.resolve().then(() => log.source.close());
  await scenario.closed(1);
  await t.fence();
  same(log.data(), ['1']);
});

test('close-before-the-end-of-the-batch-s-stream', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  log.source.onmessage = () => log.source.close();
  await log.wait('message');
  await t.reconnections();
  same(log.types(), ['open', 'message']);
  equal((await scenario.requests()).length, 1, 'requests');
});

test('close-and-other-listeners-of-the-same-event', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  const seen = [];
  await new Promise((resolve) => {
    source.addEventListener('message', () => source.close());
    source.addEventListener('message', (event) => resolve(seen.push(event.data)));
  });
  await t.fence();
  same(seen, ['1']);
});

test('close-in-error-handler', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  log.source.onerror = () => log.source.close();
  await log.wait('error');
  await t.reconnections();
  same(log.types(), ['open', 'message', 'error']);
  equal((await scenario.requests()).length, 1, 'requests');
});

test('close-while-waiting', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 100\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('error');
  await Promise.resolve();
  log.source.close();
  equal(log.source.readyState, 2);
  await t.reconnections();
  same(log.types(), ['open', 'message', 'error']);
  equal((await scenario.requests()).length, 1, 'requests');
});

test('close-while-reconnecting', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), [wait('never')]);
  const log = t.open(scenario.url);
  await scenario.requests(2);
  log.source.close();
  equal((await scenario.closed(2))[1].closed.by, 'client', 'closed by');
  await t.fence();
  same(log.types(), ['open', 'message', 'error']);
});

test('close-twice', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  log.source.close();
  log.source.close();
  await scenario.closed(1);
  log.source.close();
  same([log.types(), log.source.readyState], [['open', 'message'], 2]);
});

test('close-after-failure', {}, async (t) => {
  const scenario = await t.scenario(SERVER_ERROR);
  const log = t.open(scenario.url);
  await log.wait('error');
  log.source.close();
  await t.fence();
  same(log.states(), ['error 2']);
});

test('close-by-another-source-s-handler', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\n'), stream('data: 1\n\n', wait('more'), 'data: 2\n\n'));
  const one = t.open(scenario.url);
  await one.wait('message');
  const two = t.open(scenario.url);
  equal(await new Promise((resolve) => {
    two.source.onmessage = () => {
      one.source.close();
      resolve(one.source.readyState);
    };
  }), 2);
  await scenario.signal('more');
  await two.wait('message', 2);
  await t.fence();
  same(one.data(), ['1']);
});

test('close-leaves-listeners', {}, (t) => {
  const source = t.idle();
  let count = 0;
  source.addEventListener('message', () => count++);
  source.onmessage = () => count++;
  source.dispatchEvent(new Event('message'));
  equal(count, 2);
});

test('close-and-open-anew', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), stream('data: 2\n\n'));
  const one = t.open(scenario.url);
  await one.wait('message');
  one.source.close();
  const two = t.open(scenario.url);
  await two.wait('message');
  same([one.data(), two.data()], [['1'], ['2']]);
});

test('close-in-the-middle-of-a-large-event', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: ', { write: 'x'.repeat(1000), repeat: 2000 }));
  const log = t.open(scenario.url);
  await log.wait('message');
  log.source.close();
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
  await t.fence();
  same(log.data(), ['1']);
});
