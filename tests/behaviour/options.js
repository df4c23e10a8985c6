// What the class with options does beyond the Standard, by each transport that the host has.

import { assert, atLeast, equal, same, throws } from './assert.js';
import { test } from './runner.js';
import { END, RESET, SERVER_ERROR, answer, sharedStream, stream, wait } from './scenario.js';

const EVENT_STREAM = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
/** A short wait. */
const SOON = { initial: 1, max: 1, jitter: 0 };

/** A test that is run by fetch, and by XMLHttpRequest where there is one. */
function both(name, body) {
  test(`options-${name}`, { needs: ['options'] }, (t) => body(t, { transport: 'fetch' }));
  test(`options-${name}-xhr`, { needs: ['options', 'xhr'] }, (t) => body(t, { transport: 'xhr' }));
}

function byFetch(name, body) {
  test(`options-${name}`, { needs: ['options'] }, body);
}

/** The header values of one request. */
function values(request, names) {
  return names.map((name) => request.headers[name]);
}

// ---- what is sent along

both('headers', async (t, by) => {
  const lists = [{ Authorization: 'Bearer 1', 'X-A': 'b' }, [['authorization', 'Bearer 1'], ['x-a', 'b']], new Headers({ authorization: 'Bearer 1', 'x-a': 'b' })];
  for (const headers of lists) {
    const scenario = await t.scenario(stream('data: 1\n\n'));
    const log = t.open(scenario.url, { ...by, headers });
    await log.wait('message');
    log.source.close();
    same(values((await scenario.requests(1))[0], ['authorization', 'x-a', 'accept']), ['Bearer 1', 'b', 'text/event-stream']);
  }
});

both('headers-named-replace-the-standards', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  await t.open(scenario.url, { ...by, headers: { accept: 'text/event-stream, */*' } }).wait('message');
  equal((await scenario.requests(1))[0].headers.accept, 'text/event-stream, */*');
});

both('headers-of-an-async-function-at-each-attempt', async (t, by) => {
  const scenario = await t.scenario(stream('id: 7\ndata: 1\n\n', END), stream('data: 2\n\n'));
  let token = 0;
  const headers = async () => ({ Authorization: `Bearer ${(token += 1)}` });
  await t.open(scenario.url, { ...by, headers, retry: SOON }).wait('message', 2);
  same((await scenario.requests(2)).map((request) => values(request, ['authorization', 'last-event-id'])), [['Bearer 1', null], ['Bearer 2', '7']]);
});

byFetch('headers-that-throw-are-a-cause', async (t) => {
  const scenario = await t.scenario(stream());
  const why = new Error('no token');
  const { event } = await t.open(scenario.url, { headers: () => Promise.reject(why), retry: false }).wait('error');
  same([event.reason, event.willRetry], ['network', false]);
  equal(event.cause, why, 'cause');
  equal((await scenario.requests()).length, 0, 'requests');
});

both('method-and-body', async (t, by) => {
  const bytes = new TextEncoder().encode('héllo');
  const bodies = [['héllo', 'héllo'], [bytes, 'héllo'], [bytes.buffer, 'héllo'], [new Blob(['b']), 'b'], [new URLSearchParams({ a: 'b c' }), 'a=b+c'], [async () => 'fresh', 'fresh']];
  for (const [body, sent] of bodies) {
    const scenario = await t.scenario(stream('data: 1\n\n'));
    const log = t.open(scenario.url, { ...by, method: 'post', body });
    await log.wait('message');
    log.source.close();
    const [request] = await scenario.requests(1);
    same([request.method, request.body], ['POST', sent]);
  }
});

both('method-with-effects-is-not-retried', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END));
  const log = t.open(scenario.url, { ...by, method: 'POST', body: 'x' });
  const { event } = await log.wait('error');
  same([event.reason, event.willRetry, log.source.readyState], ['stream-ended', false, 2]);
  await t.reconnections();
  equal((await scenario.requests()).length, 1, 'requests');
});

both('method-with-effects-is-retried-when-asked-for', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n'));
  const bodies = ['a', 'b'];
  await t.open(scenario.url, { ...by, method: 'POST', body: () => bodies.shift(), retry: SOON }).wait('message', 2);
  same((await scenario.requests(2)).map(({ body }) => body), ['a', 'b']);
});

byFetch('fetch-is-called-with-url-and-init', async (t) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const calls = [];
  const own = (url, init) => {
    calls.push([url, init.method, init.headers]);
    return fetch(url, { ...init, headers: { ...init.headers, 'X-Own': 'yes' } });
  };
  await t.open(scenario.url, { fetch: own, retry: SOON }).wait('message', 2);
  same(calls, [[scenario.url, 'GET', { Accept: 'text/event-stream' }], [scenario.url, 'GET', { Accept: 'text/event-stream', 'Last-Event-ID': '1' }]]);
  same((await scenario.requests(2)).map((request) => request.headers['x-own']), ['yes', 'yes']);
  equal(t.EventSource[Symbol.for('eventsource.supports-fetch-override')], true, 'mark');
});

byFetch('fetch-members-are-passed-on', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  let init;
  const members = { credentials: 'omit', cache: 'reload', redirect: 'error', referrerPolicy: 'no-referrer', priority: 'low' };
  const own = (url, given) => {
    init = given;
    return fetch(url, given);
  };
  const log = t.open(scenario.url, { ...members, withCredentials: true, fetch: own });
  await log.wait('message');
  same(Object.keys(members).map((name) => init[name]), Object.values(members));
  equal(log.source.withCredentials, false, 'credentials win');
});

both('start-over-at-the-constructors-url', async (t, by) => {
  const target = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const redirect = answer(307, { Location: target.url }, END);
  const scenario = await t.scenario(redirect, redirect);
  await t.open(scenario.url, { ...by, headers: { 'X-A': 'b' }, retry: SOON }).wait('message', 2);
  equal((await scenario.requests(2)).length, 2, 'requests of the first URL');
});

byFetch('authorization-stays-at-its-origin', async (t) => {
  const allowed = { preflight: { status: 204, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization, last-event-id' } } };
  const target = await t.scenario(sharedStream({}, 'id: 1\ndata: 1\n\n', END), sharedStream({}, 'data: 2\n\n'), allowed);
  const redirect = answer(307, { Location: target.otherUrl }, END);
  const scenario = await t.scenario(redirect, redirect);
  await t.open(scenario.url, { headers: { Authorization: 'secret' }, retry: SOON }).wait('message', 2);
  same((await scenario.requests(2)).map((request) => request.headers.authorization), ['secret', 'secret']);
  same((await target.requests(2)).map((request) => request.headers.authorization), [undefined, undefined]);
});

both('last-event-id-to-start-with', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url, { ...by, lastEventId: 'é1' });
  equal(log.source.lastEventId, 'é1', 'at first');
  equal((await log.wait('message')).lastEventId, 'é1', 'of a message');
  equal((await scenario.requests(1))[0].headers['last-event-id'], 'é1', 'header');
});

both('last-event-id-in-the-query', async (t, by) => {
  const scenario = await t.scenario(stream('id: a&b=c#\r\ndata: 1\n\n', END), stream('id: 2\ndata: 2\n\n', END), stream('data: 3\n\n'));
  const init = { ...by, lastEventIdQueryParameterName: 'last id', retry: SOON };
  await t.open(`${scenario.url}?x=%20&y`, init).wait('message', 3);
  const urls = (await scenario.requests(3)).map(({ url }) => url.split('?')[1]);
  same(urls, ['x=%20&y', 'x=%20&y&last%20id=a%26b%3Dc%23', 'x=%20&y&last%20id=2']);
});

both('last-event-id-in-the-query-needs-no-preflight', async (t, by) => {
  const scenario = await t.scenario(sharedStream({}, 'id: 1\ndata: 1\n\n', END), sharedStream({}, 'data: 2\n\n'));
  await t.open(scenario.otherUrl, { ...by, lastEventIdQueryParameterName: 'id', retry: SOON }).wait('message', 2);
  equal((await scenario.preflights()).length, 0, 'preflights');
  equal((await scenario.requests(2))[1].url.split('?')[1], 'id=1', 'query');
});

both('signal-closes', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const controller = new AbortController();
  const log = t.open(scenario.url, { ...by, signal: controller.signal });
  await log.wait('message');
  controller.abort();
  equal(log.source.readyState, 2, 'readyState');
  await scenario.closed(1);
  same(log.types(), ['open', 'message']);
});

byFetch('signal-that-is-aborted-requests-nothing', async (t) => {
  const scenario = await t.scenario(stream());
  const log = t.open(scenario.url, { signal: AbortSignal.abort() });
  equal(log.source.readyState, 2, 'readyState');
  await t.fence();
  same([log.types(), (await scenario.requests()).length], [[], 0]);
});

// ---- what is refused

for (const [name, init] of [
  ['headers', { headers: 'x' }], ['headers', { headers: { 'X-A': 'a\r\nX-B: c' } }], ['headers', { headers: { 'X-A': '\0' } }], ['headers', { headers: { 'X:A': 'a' } }],
  ['headers', { headers: [['x']] }], ['method', { method: 'a b' }], ['method', { method: 'trace' }], ['body', { body: 'x' }],
  ['body', { method: 'POST', body: new ReadableStream() }], ['body', { method: 'POST', body: 5 }], ['fetch', { fetch: {} }], ['transport', { transport: 'pigeon' }],
  ['signal', { signal: 1 }], ['lastEventId', { lastEventId: 5 }], ['lastEventId', { lastEventId: 'a\nb' }], ['lastEventId', { lastEventId: '\ud800' }],
  ['lastEventIdQueryParameterName', { lastEventIdQueryParameterName: '' }], ['heartbeatTimeout', { heartbeatTimeout: '5' }], ['heartbeatTimeout', { heartbeatTimeout: NaN }],
  ['maxEventSize', { maxEventSize: 0 }], ['retry', { retry: 'never' }], ['retry.initial', { retry: { initial: -1 } }], ['retry.factor', { retry: { factor: 0.5 } }],
  ['retry.jitter', { retry: { jitter: 2 } }], ['retry.attempts', { retry: { attempts: -1 } }], ['retry.statuses', { retry: { statuses: [1] } }], ['retry.when', { retry: { when: 1 } }],
  ['credentials', { credentials: 'all' }], ['cache', { cache: 'x' }], ['redirect', { redirect: 'x' }], ['priority', { priority: 'x' }], ['referrer', { referrer: 1 }],
  ['integrity', { integrity: 'sha256-x' }], ['keepalive', { keepalive: true }], ['redirect', { redirect: 'error', transport: 'xhr' }], ['fetch', { fetch, transport: 'xhr' }],
]) {
  const what = JSON.stringify(init, (key, value) => (typeof value === 'number' && isNaN(value) ? 'NaN' : typeof value === 'function' ? 'f' : value));
  byFetch(`refused-${what}`, (t) => {
    const { message } = throws(TypeError, () => new t.EventSource(`${t.host.origin}/idle`, init));
    assert(message.includes(`: ${name}: `), message);
  });
}

byFetch('unknown-members-are-ignored', (t) => {
  t.keep(new t.EventSource(`${t.host.origin}/idle`, { unknown: 1, headers: undefined, retry: undefined })).close();
});

// ---- what events say

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
    [stream('data: 12345', wait('seen'), { write: '6', repeat: 200, chunk: 1 }), { ...by, maxEventSize: 5 }, ['too-large', 200, 200, false, undefined]],
  ];
  for (const [response, init, expected] of cases) {
    const scenario = await t.scenario(response);
    const log = t.open(scenario.url, init);
    if (expected[0] === 'too-large') {
      await log.wait('open');
      await scenario.signal('seen');
    }
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

test('options-error-by-cors', { needs: ['options', 'origin'] }, async (t) => {
  const scenario = await t.scenario(stream(), stream(), stream());
  equal((await t.open(scenario.otherUrl, {}).wait('error')).event.reason, 'cors');
});

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
  if (!Symbol.dispose) return;
  const source = new t.EventSource(`${t.host.origin}/idle`);
  source[Symbol.dispose]();
  equal(source.readyState, 2);
});

// ---- policies

both('retry-statuses', async (t, by) => {
  const bad = [429, 502, 503, 504].map((status) => answer(status, {}, 'x', END));
  const scenario = await t.scenario(...bad, stream('data: 1\n\n'));
  await t.open(scenario.url, { ...by, retry: SOON }).wait('message');
  equal((await scenario.requests()).length, 5);
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

both('max-event-size-infinity', async (t, by) => {
  const scenario = await t.scenario(stream({ write: 'data: x\n', repeat: 1000 }, wait('open'), '\n'));
  const log = t.open(scenario.url, { ...by, maxEventSize: Infinity });
  await log.wait('open');
  await scenario.signal('open');
  equal((await log.wait('message')).data.length, 1999);
});

test('options-pause-when-hidden', { needs: ['options', 'window'] }, async (t) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n'), stream('data: 2\n\n'));
  let isHidden = false;
  Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
  const become = (hidden) => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  try {
    const log = t.open(scenario.url, { pauseWhenHidden: true });
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
});

// ---- iteration

both('iteration-gives-each-message-and-ends-on-close', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\nevent: a\ndata: 1\n\ndata: 2\n\n'));
  const source = t.keep(new t.EventSource(scenario.url, by));
  const got = [];
  for await (const message of source) {
    got.push(message);
    if (got.length === 2) source.close();
  }
  const origin = t.host.origin;
  same(got, [{ type: 'a', data: '1', origin, lastEventId: '1' }, { type: 'message', data: '2', origin, lastEventId: '1' }]);
});

both('iteration-goes-on-over-reconnections-and-ends-with-the-answer', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n', END));
  const got = [];
  for await (const { data } of t.keep(new t.EventSource(scenario.url, { ...by, method: 'POST', body: 'x' }))) got.push(data);
  same(got, ['1', '2']);
  const again = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n', END), stream('data: 3\n\n'));
  for await (const { data } of t.keep(new t.EventSource(again.url, { ...by, retry: SOON }))) {
    got.push(data);
    if (data === '3') break;
  }
  same(got, ['1', '2', '1', '2', '3']);
});

both('iteration-throws-on-failure', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR);
  let thrown;
  try {
    for await (const message of t.keep(new t.EventSource(scenario.url, by))) assert(!message, 'a message');
  } catch (error) {
    thrown = error;
  }
  same([thrown instanceof Error, thrown.reason, thrown.status], [true, 'http-status', 500]);
});

both('iteration-by-types-break-and-listeners', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: a\ndata: 2\n\nevent: b\ndata: 3\n\ndata: 4\n\n', wait('more'), 'data: 5\n\n'));
  const log = t.open(scenario.url, by, ['a', 'b']);
  const got = [];
  for await (const { data } of log.source.messages({ types: ['a', 'b'] })) {
    got.push(data);
    if (data === '3') break;
  }
  same(got, ['2', '3']);
  await scenario.signal('more');
  await log.until(() => log.data().length === 5);
  same([log.data(), log.source.readyState], [['1', '2', '3', '4', '5'], 1]);
  throws(TypeError, () => log.source.messages({ types: 'a' }));
});

byFetch('iteration-and-onmessage', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  const heard = new Promise((resolve) => {
    source.onmessage = ({ data }) => resolve(data);
  });
  equal((await source.messages().next()).value.data, '1', 'iterated');
  equal(await heard, '1', 'heard');
});

byFetch('iteration-holds-the-network-back', async (t) => {
  let read = 0;
  const chunk = new TextEncoder().encode('data: x\n\n'.repeat(100));
  const body = () => new ReadableStream({
    pull(controller) {
      read += 1;
      controller.enqueue(chunk);
    },
  }, { highWaterMark: 0 });
  const own = async () => new Response(body(), { headers: EVENT_STREAM });
  const source = t.keep(new t.EventSource(`${t.host.origin}/x`, { fetch: own }));
  const messages = source.messages();
  await messages.next();
  await t.fence();
  // One chunk is with the consumer, and one on its way.
  assert(read <= 3, `${read} chunks were read`);
  for (let taken = 1; taken < 1000; taken += 1) equal((await messages.next()).value.data, 'x');
  await messages.return();
});
