// Redirects are followed; `url` stays, the origin of events does not; a reconnection goes where the last one led.

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { END, GONE, answer, sharedStream, stream } from './scenario.js';

const redirect = (status, location, headers) => answer(status, { Location: location, ...headers }, END);

for (const status of [301, 302, 303, 307, 308]) {
  test(`redirect-${status}-followed`, {}, async (t) => {
    const target = await t.scenario(stream('data: 1\n\n'));
    const start = await t.scenario(redirect(status, target.url));
    const log = t.open(start.url);
    await log.wait('message');
    same(log.states(), ['open 1', 'message 1']);
    equal((await start.requests(1)).length, 1, 'requests at the start');
    const [request] = await target.requests(1);
    same([request.method, request.headers.accept], ['GET', 'text/event-stream']);
  });

  test(`redirect-${status}-reconnects-at-its-target`, {}, async (t) => {
    const target = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', END), stream('data: 2\n\n'));
    const start = await t.scenario(redirect(status, target.url), stream('data: from the start again\n\n'));
    const log = t.open(start.url);
    await log.wait('message', 2);
    same(log.data(), ['1', '2']);
    equal((await start.requests()).length, 1, 'requests at the start');
    equal((await target.requests(2))[1].headers['last-event-id'], '7', 'Last-Event-ID');
  });
}

test('redirect-chain', {}, async (t) => {
  const target = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const second = await t.scenario(redirect(308, target.url));
  const first = await t.scenario(redirect(301, second.path));
  const log = t.open(`${first.url}?q#part`);
  await log.until(() => log.data().length === 2 || log.source.readyState === 2);
  same(log.data(), ['1', '2']);
  same([(await first.requests()).length, (await second.requests()).length], [1, 1], 'requests on the way');
  equal(log.source.url, `${first.url}?q#part`);
});

test('redirect-url-unchanged', {}, async (t) => {
  const target = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const start = await t.scenario(redirect(301, target.url), { last: 'repeat' });
  const log = t.open(start.url);
  await log.wait('message');
  equal(log.source.url, start.url);
  await log.wait('message', 2);
  equal(log.source.url, start.url, 'after the reconnection');
});

test('redirect-cross-origin-sets-the-origin', {}, async (t) => {
  const target = await t.scenario(sharedStream({}, 'data: 1\n\n'));
  const start = await t.scenario(redirect(302, target.otherUrl));
  const log = t.open(start.url);
  const { origin } = await log.wait('message');
  equal(origin, t.host.otherOrigin);
  equal(log.source.url, start.url);
});

test('redirect-there-and-back', {}, async (t) => {
  // Whoever comes back from another origin is no one: the request's origin is opaque by then.
  const target = await t.scenario(sharedStream({}, 'data: 1\n\n'));
  const middle = await t.scenario(redirect(302, target.url, { 'Access-Control-Allow-Origin': '*' }));
  const start = await t.scenario(redirect(302, middle.otherUrl));
  const log = t.open(start.url);
  const { type, origin } = await log.until(() => log.entries.find((entry) => entry.type !== 'open'));
  same([type, origin], ['message', t.host.origin]);
  equal((await target.requests(1))[0].headers.origin, 'null', 'Origin');
});

test('redirect-target-fails', {}, async (t) => {
  const target = await t.scenario(answer(404, { 'Content-Type': 'text/event-stream' }, 'failed', END));
  const start = await t.scenario(redirect(302, target.url));
  const log = t.open(start.url);
  await log.wait('error');
  same(log.states(), ['error 2']);
});

test('redirect-of-a-reconnection', {}, async (t) => {
  const target = await t.scenario(stream('data: 2\n\n', END), GONE);
  const start = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', END), redirect(302, target.url));
  const log = t.open(start.url);
  await log.wait('message', 2);
  equal((await target.requests(1))[0].headers['last-event-id'], '7', 'Last-Event-ID at the target');
  await log.wait('error', 2);
});
