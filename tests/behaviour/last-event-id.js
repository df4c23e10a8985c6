// The Last-Event-ID header.

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { DROP, END, GONE, sharedStream, stream, wait } from './scenario.js';

/** What the second request sends after a first response of this text. */
async function sentAfter(t, text) {
  const scenario = await t.scenario(stream(`retry: 1\n${text}`, END), GONE);
  t.open(scenario.url);
  return (await scenario.requests(2))[1].headers['last-event-id'];
}

test('last-event-id-sent', {}, async (t) => {
  equal(await sentAfter(t, 'id: 7\ndata: 1\n\n'), '7');
});

test('last-event-id-of-the-last-event', {}, async (t) => {
  equal(await sentAfter(t, 'id: 7\ndata: 1\n\nid: 8\ndata: 2\n\n'), '8');
});

test('last-event-id-not-sent-without-id', {}, async (t) => {
  equal(await sentAfter(t, 'data: 1\n\n'), undefined);
});

test('last-event-id-not-sent-when-empty', {}, async (t) => {
  equal(await sentAfter(t, 'id: 7\ndata: 1\n\nid\ndata: 2\n\n'), undefined);
});

test('last-event-id-kept-over-events-without', {}, async (t) => {
  equal(await sentAfter(t, 'id: 7\ndata: 1\n\ndata: 2\n\n'), '7');
});

test('last-event-id-of-a-block-without-data', {}, async (t) => {
  equal(await sentAfter(t, 'data: 1\n\nid: 7\n\n'), '7');
});

test('last-event-id-of-an-unfinished-block-not-sent', {}, async (t) => {
  equal(await sentAfter(t, 'id: 7\ndata: 1\n\nid: 8\ndata: 2\n'), '7');
});

test('last-event-id-zero', {}, async (t) => {
  equal(await sentAfter(t, 'id: 0\ndata: 1\n\n'), '0');
});

for (const [name, id] of [['latin-1', 'é'], ['bmp', '☃ 世界'], ['astral', '😀'], ['long', 'x'.repeat(4000)]]) {
  test(`last-event-id-${name}`, {}, async (t) => {
    equal(await sentAfter(t, `id: ${id}\ndata: 1\n\n`), id);
  });
}

test('last-event-id-sent-after-a-drop', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', wait('seen'), DROP), GONE);
  await t.open(scenario.url).wait('message');
  await scenario.signal('seen');
  equal((await scenario.requests(2))[1].headers['last-event-id'], '7');
});

test('last-event-id-sent-once', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', END), GONE);
  t.open(scenario.url);
  const { rawHeaders } = (await scenario.requests(2))[1];
  equal(rawHeaders.filter((name) => name.toLowerCase() === 'last-event-id').length, 1);
});

test('last-event-id-sent-at-each-reconnection', {}, async (t) => {
  const scenario = await t.scenario(
    stream('retry: 1\nid: 7\ndata: 1\n\n', END), stream(': nothing new\n', END), stream('id: 8\ndata: 2\n\n', END), GONE,
  );
  t.open(scenario.url);
  same((await scenario.requests(4)).map(({ headers }) => headers['last-event-id'] || ''), ['', '7', '7', '8']);
});

test('last-event-id-of-an-unfinished-reconnection-not-sent', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', END), stream('id: 8\ndata: 2\n', END), GONE);
  t.open(scenario.url);
  equal((await scenario.requests(3))[2].headers['last-event-id'], '7');
});

test('last-event-id-kept-over-a-reconnection', {}, async (t) => {
  // By the letter the new stream's buffer is empty, and an event without an id would forget the last one. No browser does that.
  const scenario = await t.scenario(stream('retry: 1\nid: 7\ndata: 1\n\n', END), stream('data: 2\n\n', END), GONE);
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  equal(log.messages()[1].lastEventId, '7', 'lastEventId');
  equal((await scenario.requests(3))[2].headers['last-event-id'], '7', 'Last-Event-ID');
});

test('last-event-id-of-its-own-source', {}, async (t) => {
  const scenario = await t.scenario(stream('id: 7\ndata: 1\n\n'), stream('data: 2\n\n'));
  await t.open(scenario.url).wait('message');
  const log = t.open(scenario.url);
  await log.wait('message');
  equal(log.messages()[0].lastEventId, '');
  equal((await scenario.requests(2))[1].headers['last-event-id'], undefined, 'Last-Event-ID');
});

const ALLOWING = {
  preflight: { status: 204, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Last-Event-ID' } },
};
const first = sharedStream({}, 'retry: 1\nid: 7\ndata: 1\n\n', END);

test('last-event-id-cross-origin', {}, async (t) => {
  const scenario = await t.scenario(first, sharedStream({}, 'data: 2\n\n'), ALLOWING);
  const log = t.open(scenario.otherUrl);
  await log.wait('message', 2);
  equal((await scenario.requests(2))[1].headers['last-event-id'], '7');
});

test('last-event-id-cross-origin-refused', { needs: ['own-request'] }, async (t) => {
  const scenario = await t.scenario(first, sharedStream({}, 'id: 8\ndata: 2\n\n', END), sharedStream({}, 'data: 3\n\n'));
  const log = t.open(scenario.otherUrl);
  await log.wait('message', 3);
  same((await scenario.requests(3)).map(({ headers }) => headers['last-event-id']), [undefined, undefined, undefined]);
  equal((await scenario.preflights(1))[0].headers['access-control-request-headers'], 'last-event-id', 'asked for');
  same(log.states().filter((state) => state.startsWith('error')).filter((state) => state !== 'error 0'), [], 'failures');
});
