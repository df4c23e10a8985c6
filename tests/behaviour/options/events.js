// What `open` and `error` say, and what the source says of itself.

import { assert, equal, same } from '../assert.js';
import { END, RESET, SERVER_ERROR, answer, stream } from '../scenario.js';
import { EVENT_STREAM, SOON, both, byFetch } from './transports.js';

both('open-says-what-it-got', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR, answer(200, { ...EVENT_STREAM, 'X-A': 'b' }, 'data: 1\n\n'));
  const { event } = await t.open(scenario.url, { ...by, retry: { ...SOON, statuses: [500] } }).wait('open');
  same([event.status, event.headers.get('X-A'), event.url, event.attempt, event.constructor === Event], [200, 'b', scenario.url, 2, true]);
});

both('error-says-why', async (t, by) => {
  const cases = [
    [SERVER_ERROR, { ...by }, ['http-status', 500, 500, false, undefined]],
    [answer(200, { 'Content-Type': 'text/html' }, 'x', END), { ...by }, ['content-type', 200, 200, false, undefined]],
    [stream('retry: 5000\ndata: 1\n\n', END), { ...by }, ['stream-ended', 200, 200, true, 5000]],
    [[RESET], { ...by, retry: { ...SOON, max: 100 } }, ['network', undefined, undefined, true, 100]],
    // The server says nothing more.
    [stream('data: 12345'), { ...by, maxEventSize: 5 }, ['too-large', 200, 200, false, undefined]],
  ];
  for (const [response, init, expected] of cases) {
    const scenario = await t.scenario(response);
    const log = t.open(scenario.url, init);
    const { event } = await log.wait('error');
    same([event.reason, event.status, event.code, event.willRetry, event.retryIn], expected);
    assert(event.message.length > 10, event.message);
    log.source.close();
  }
});

byFetch('error-has-the-cause', async (t) => {
  const why = new TypeError('cable cut');
  const { event } = await t.open(`${t.host.origin}/x`, { fetch: () => Promise.reject(why), retry: false }).wait('error');
  equal(event.cause, why, 'cause');
});

both('error-has-the-status-of-what-is-given-up', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), { last: 'repeat' });
  const log = t.open(scenario.url, { ...by, heartbeatTimeout: 50, retry: SOON });
  const { event: timeout } = await log.wait('error');
  same([timeout.reason, timeout.status], ['timeout', 200]);
  const other = t.open(scenario.url, by);
  await other.wait('message');
  other.source.reconnect();
  const { event: aborted } = await other.wait('error');
  same([aborted.reason, aborted.status], ['aborted', 200]);
});

both('error-by-cors', async (t, by) => {
  const scenario = await t.scenario(stream(), stream(), stream());
  equal((await t.open(scenario.otherUrl, by).wait('error')).event.reason, 'cors');
}, { needs: ['origin'] });

both('reconnection-time', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\nretry: 1234\ndata: 1\n\n'));
  const log = t.open(scenario.url, { ...by, retry: { initial: 77 } });
  equal(log.source.reconnectionTime, 77, 'at first');
  await log.wait('message');
  same([log.source.reconnectionTime, log.source.lastEventId], [1234, '1']);
});

both('reconnect', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\nretry: 100000\ndata: 1\n\n'), stream('data: 2\n\n'));
  const log = t.open(scenario.url, by);
  await log.wait('message');
  log.source.reconnect();
  await log.wait('message', 2);
  same(log.states(), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1']);
  same((await scenario.requests(2)).map((request) => request.headers['last-event-id']), [undefined, '1']);
  await scenario.closed(1);
});

byFetch('dispose-closes', (t) => {
  const { prototype } = t.EventSource;
  // The symbol is new: where it is missing `using` is, too.
  equal(typeof prototype[Symbol.dispose || 'none'], Symbol.dispose ? 'function' : 'undefined');
  if (!Symbol.dispose) return;
  const source = t.keep(new t.EventSource(`${t.host.origin}/idle`));
  equal(source[Symbol.dispose](), undefined, 'result');
  equal(source.readyState, 2);
  source[Symbol.dispose]();
});
