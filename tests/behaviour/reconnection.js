// Reestablishing the connection.

import { atLeast, equal, same } from './assert.js';
import { test } from './runner.js';
import { DROP, END, GONE, RESET, answer, bytes, stream, wait } from './scenario.js';

// A timer may be a little early by another clock.
const EARLY = 5;

const TWICE = ['open 1', 'message 1', 'error 0', 'open 1', 'message 1'];

/** The source comes back after this end of its first response. */
async function comesBack(t, ...ending) {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', ...ending), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  await scenario.signal('seen');
  await log.wait('message', 2);
  same(log.states(), TWICE);
  equal((await scenario.requests()).length, 2, 'requests');
}

test('reconnection-after-the-end', {}, (t) => comesBack(t, wait('seen'), END));

test('reconnection-after-a-drop', {}, (t) => comesBack(t, wait('seen'), DROP));

test('reconnection-after-a-reset', {}, (t) => comesBack(t, wait('seen'), RESET));

test('reconnection-after-the-end-at-once', {}, (t) => comesBack(t, END));

test('reconnection-after-a-short-body', {}, async (t) => {
  const headers = { 'Content-Type': 'text/event-stream', 'Content-Length': '1000' };
  const scenario = await t.scenario(answer(200, headers, 'retry: 1\ndata: 1\n\n', wait('seen'), DROP), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  await scenario.signal('seen');
  await log.wait('message', 2);
  same(log.states(), TWICE);
});

test('reconnection-after-an-empty-stream', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\n', END), stream(END), stream('data: 1\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  same(log.states(), ['open 1', 'error 0', 'open 1', 'error 0', 'open 1', 'message 1']);
});

// A browser may ask several times by itself before it gives up on a server that closes the connection without a word.
const downUntil = (signal, ...steps) => [{ dropUnless: signal }, ...stream(...steps)];

test('reconnection-after-no-response', {}, async (t) => {
  const down = downUntil('up', 'data: 2\n\n');
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), down, { last: 'repeat' });
  const log = t.open(scenario.url);
  await log.wait('error', 2);
  await scenario.signal('up');
  await log.wait('message', 2);
  same(log.states().slice(0, 4), ['open 1', 'message 1', 'error 0', 'error 0']);
  same(log.states().slice(-2), ['open 1', 'message 1']);
});

test('reconnection-after-no-first-response', {}, async (t) => {
  const scenario = await t.scenario(downUntil('up', 'data: 1\n\n'), { last: 'repeat' });
  const log = t.open(scenario.url);
  await log.wait('error');
  await scenario.signal('up');
  await log.wait('message');
  equal(log.states()[0], 'error 0');
  same(log.states().slice(-2), ['open 1', 'message 1']);
});

test('reconnection-again-and-again', {}, async (t) => {
  const once = stream('retry: 1\ndata: 1\n\n', END);
  const scenario = await t.scenario(once, once, once, once, GONE);
  const log = t.open(scenario.url);
  await log.wait('error', 5);
  same(log.types(), [...Array(4).fill(['open', 'message', 'error']).flat(), 'error']);
  equal((await scenario.requests()).length, 5, 'requests');
});

test('reconnection-same-url', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(`${scenario.url}?a=b#c`);
  await log.wait('message', 2);
  same((await scenario.requests(2)).map(({ url, headers }) => [url, headers.accept]), [
    [`${scenario.path}?a=b`, 'text/event-stream'], [`${scenario.path}?a=b`, 'text/event-stream'],
  ]);
});

test('reconnection-state-while-waiting', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 150\ndata: 1\n\n', END), [wait('head')]);
  const log = t.open(scenario.url);
  await log.wait('error');
  equal(log.source.readyState, 0, 'while waiting');
  await scenario.requests(2);
  equal(log.source.readyState, 0, 'while connecting');
});

test('reconnection-time-default', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END), GONE);
  t.open(scenario.url);
  const [first, second] = await scenario.requests(2);
  // "A value in the region of a few seconds"
  atLeast(second.time - first.ended, 1000, 'time before the reconnection');
});

for (const time of [150, 700]) {
  test(`reconnection-time-${time}`, {}, async (t) => {
    const scenario = await t.scenario(stream(`retry: ${time}\ndata: 1\n\n`, END), GONE);
    t.open(scenario.url);
    const [first, second] = await scenario.requests(2);
    atLeast(second.time - first.ended, time - EARLY, 'time before the reconnection');
  });
}

test('reconnection-time-after-a-drop', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 700\ndata: 1\n\n', wait('seen'), DROP), GONE);
  await t.open(scenario.url).wait('message');
  await scenario.signal('seen');
  const [first, second] = await scenario.requests(2);
  atLeast(second.time - first.ended, 700 - EARLY, 'time before the reconnection');
});

test('reconnection-time-kept', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 700\ndata: 1\n\n', END), stream('data: 2\n\n', END), GONE);
  t.open(scenario.url);
  const [, second, third] = await scenario.requests(3);
  atLeast(third.time - second.ended, 700 - EARLY, 'time before the second reconnection');
});

test('reconnection-time-changed', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('retry: 700\ndata: 2\n\n', END), GONE);
  t.open(scenario.url);
  const [, second, third] = await scenario.requests(3);
  atLeast(third.time - second.ended, 700 - EARLY, 'time before the second reconnection');
});

test('reconnection-time-of-its-own-source', {}, async (t) => {
  const long = await t.scenario(stream('retry: 600000\ndata: 1\n\n', END));
  const short = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), GONE);
  const waiting = t.open(long.url);
  await waiting.wait('error');
  const log = t.open(short.url);
  await log.wait('error', 2);
  same([waiting.source.readyState, (await long.requests()).length], [0, 1]);
});

for (const [name, ending] of [
  ['data', 'data: lost'], ['event', 'event: lost\n'], ['line', 'da'], ['cr', 'data: lost\r'], ['utf-8', bytes([0xe2, 0x98])],
]) {
  test(`reconnection-forgets-unfinished-${name}`, {}, async (t) => {
    const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', ending, END), stream('\ndata: 2\n\n'));
    const log = t.open(scenario.url);
    await log.wait('message', 2);
    same(log.data(), ['1', '2']);
  });
}

test('reconnection-drops-a-bom-again', {}, async (t) => {
  const scenario = await t.scenario(stream('\ufeffretry: 1\ndata: 1\n\n', END), stream('\ufeffdata: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  same(log.data(), ['1', '2']);
});

test('reconnection-keeps-credentials', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url, { withCredentials: true });
  await log.wait('message', 2);
  equal(log.source.withCredentials, true);
});
