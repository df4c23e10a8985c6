// When a source tries again, waits, pauses and gives up.

import { assert, atLeast, equal, same } from '../assert.js';
import { END, SERVER_ERROR, answer, stream, wait } from '../scenario.js';
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

both('heartbeat-timeout-0-is-off', async (t, by) => {
  for (const heartbeatTimeout of [0, Infinity]) {
    const scenario = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\n'));
    const log = t.open(scenario.url, { ...by, heartbeatTimeout });
    await log.wait('message');
    await t.reconnections();
    await scenario.signal('more');
    await log.wait('message', 2);
    same(log.states(), ['open 1', 'message 1', 'message 1']);
    log.source.close();
  }
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

both('heartbeat-timeout', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n'), stream('data: 2\n\n'), { last: 'repeat' });
  const log = t.open(scenario.url, { ...by, heartbeatTimeout: 500, retry: SOON });
  await log.wait('message', 2);
  equal(log.entries[2].event.reason, 'timeout', 'reason');
  const requests = await scenario.requests(2);
  equal(requests[1].headers['last-event-id'], '1', 'id');
  atLeast(requests[1].time - requests[0].time, 490, 'silence');
});

both('max-event-size-fails-after-the-messages-before', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\ndata: 2\n\ndata: 34567890'));
  const log = t.open(scenario.url, { ...by, maxEventSize: 12 });
  equal((await log.wait('error')).event.reason, 'too-large', 'reason');
  same(log.states(), ['open 1', 'message 1', 'message 1', 'error 2']);
  await scenario.closed(1);
  const again = t.keep(new t.EventSource((await t.scenario(stream('data: 1\n\ndata: 234567890'))).url, { ...by, maxEventSize: 12 }));
  const got = [];
  let thrown;
  try {
    for await (const { data } of again) got.push(data);
  } catch (error) {
    thrown = error;
  }
  same([got, thrown.reason], [['1'], 'too-large']);
});

both('max-event-size-infinity', async (t, by) => {
  const scenario = await t.scenario(stream({ write: 'data: x\n', repeat: 1000 }, wait('open'), '\n'));
  const log = t.open(scenario.url, { ...by, maxEventSize: Infinity });
  await log.wait('open');
  await scenario.signal('open');
  equal((await log.wait('message')).data.length, 1999);
});

both('pause-when-hidden', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n'), stream('data: 2\n\n'));
  let isHidden = false;
  Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
  const become = (hidden) => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  try {
    const log = t.open(scenario.url, { ...by, pauseWhenHidden: true });
    await log.wait('message');
    become(true);
    await scenario.closed(1);
    await t.reconnections();
    equal((await scenario.requests()).length, 1, 'requests while hidden');
    become(false);
    await log.wait('message', 2);
    equal((await scenario.requests(2))[1].headers['last-event-id'], '1', 'id');
  } finally {
    delete document.hidden;
  }
}, { needs: ['window'], crowd: 'alone' });
