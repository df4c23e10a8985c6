// When a source tries again: the `retry` option.

import { assert, atLeast, equal, same } from '../assert.js';
import { END, SERVER_ERROR, answer, stream } from '../scenario.js';
import { SOON, both } from './transports.js';

both('retry-statuses', async (t, by) => {
  const bad = [429, 502, 503, 504].map((status) => answer(status, {}, 'x', END));
  const scenario = await t.scenario(...bad, stream('data: 1\n\n'));
  await t.open(scenario.url, { ...by, retry: SOON }).wait('message');
  equal((await scenario.requests()).length, 5);
});

both('retry-true-is-an-object-without-members', async (t, by) => {
  for (const [response, willRetry] of [[answer(503, {}, 'x', END), true], [SERVER_ERROR, false], [stream(END), true]]) {
    const log = t.open((await t.scenario(response)).url, { ...by, method: 'POST', retry: true });
    equal((await log.wait('error')).event.willRetry, willRetry);
    log.source.close();
  }
});

both('retry-statuses-are-none-without-retry', async (t, by) => {
  const scenario = await t.scenario(answer(503, {}, 'x', END));
  equal((await t.open(scenario.url, by).wait('error')).event.willRetry, false);
});

both('retry-after', async (t, by) => {
  const scenario = await t.scenario(answer(503, { 'Retry-After': '1' }, 'x', END), stream('data: 1\n\n'));
  const log = t.open(scenario.url, { ...by, retry: SOON });
  equal((await log.wait('error')).event.retryIn, 1000, 'retryIn');
  await log.wait('message');
  const [first, second] = await scenario.requests(2);
  atLeast(second.time - first.ended, 990, 'time between');
});

both('retry-after-a-date', async (t, by) => {
  const at = new Date(Date.now() + 100_000).toUTCString();
  const scenario = await t.scenario(answer(429, { 'Retry-After': at }, 'x', END));
  const { event } = await t.open(scenario.url, { ...by, retry: SOON }).wait('error');
  atLeast(event.retryIn, 10_000, 'retryIn');
  assert(event.retryIn <= 100_000, event.retryIn);
});

both('retry-attempts', async (t, by) => {
  const scenario = await t.scenario(stream(END), stream(END), stream(END), stream(END), { last: 'repeat' });
  const log = t.open(scenario.url, { ...by, retry: { ...SOON, attempts: 2 } });
  await log.until(() => log.source.readyState === 2);
  same(log.states(), ['open 1', 'error 0', 'open 1', 'error 0', 'open 1', 'error 2']);
});

both('retry-when', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR, SERVER_ERROR);
  const asked = [];
  const when = async (error) => {
    asked.push([error instanceof Error, error.reason, error.status, error.willRetry]);
    return asked.length < 2;
  };
  const log = t.open(scenario.url, { ...by, retry: { ...SOON, when } });
  await log.wait('error', 2);
  same(log.states(), ['error 0', 'error 2']);
  same(asked, [[true, 'http-status', 500, false], [true, 'http-status', 500, false]]);
});

both('retry-when-is-cut-short-by-reconnect', async (t, by) => {
  const scenario = await t.scenario(stream(END), stream('data: 1\n\n'));
  const when = () => {
    // Once it is asked, and not while.
    Promise.resolve().then(() => log.source.reconnect());
    return new Promise(() => {});
  };
  const log = t.open(scenario.url, { ...by, retry: { when } });
  await log.wait('message');
  same(log.states(), ['open 1', 'error 0', 'open 1', 'message 1']);
});

both('retry-never', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END));
  const log = t.open(scenario.url, { ...by, retry: false });
  await log.wait('error');
  same(log.states(), ['open 1', 'message 1', 'error 2']);
});

both('retry-factor', async (t, by) => {
  const scenario = await t.scenario(stream(END), stream(END), stream('data: 1\n\n', END), stream(END), { last: 'repeat' });
  const log = t.open(scenario.url, { ...by, retry: { initial: 100, factor: 1.5, jitter: 0 } });
  await log.wait('error', 4);
  log.source.close();
  // An event begins anew.
  same(log.entries.filter(({ type }) => type === 'error').map(({ event }) => event.retryIn), [150, 225, 100, 150]);
});

both('retry-jitter', async (t, by) => {
  const waits = [];
  for (let count = 0; count < 8; count += 1) {
    const scenario = await t.scenario(stream(END), { last: 'repeat' });
    const log = t.open(scenario.url, { ...by, retry: { initial: 1000, factor: 1, jitter: 0.5 } });
    waits.push((await log.wait('error')).event.retryIn);
    log.source.close();
  }
  assert(waits.every((wait) => wait >= 1000 && wait <= 1500), waits.join());
  assert(waits.some((wait) => wait !== waits[0]), waits.join());
});

both('retry-of-0-waits-100-ms', async (t, by) => {
  const scenario = await t.scenario(stream('retry: 0\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url, { ...by, retry: { initial: 0, max: 0, jitter: 0 } });
  equal((await log.wait('error')).event.retryIn, 100, 'retryIn');
  await log.wait('message', 2);
  const [first, second] = await scenario.requests(2);
  atLeast(second.time - first.ended, 90, 'time between');
});

both('retry-when-says-nothing', async (t, by) => {
  for (const [response, willRetry] of [[SERVER_ERROR, false], [answer(503, {}, 'x', END), true]]) {
    const log = t.open((await t.scenario(response, { last: 'repeat' })).url, { ...by, retry: { when: () => undefined } });
    equal((await log.wait('error')).event.willRetry, willRetry);
    log.source.close();
  }
});

both('retry-when-throws', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR);
  const text = `when, by ${by.transport}`;
  const reported = t.uncaught(text);
  const log = t.open(scenario.url, { ...by, retry: { when: () => Promise.reject(new Error(text)) } });
  equal((await log.wait('error')).event.willRetry, false);
  await reported;
});
