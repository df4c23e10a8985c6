// The stream as it comes: when events are dispatched, and how pieces of it join.

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { END, bytes, stream, wait } from './scenario.js';

const encode = (text) => [...new TextEncoder().encode(text)];

/**
 * Two pieces that the source is sure to get apart: the second is written when the first one has been seen, by an event at its
 * beginning. Gives the log once as many events as `count` have come after that one.
 */
async function inTwoPieces(t, first, second, count) {
  const scenario = await t.scenario(stream(bytes([...encode('data: go\n\n'), ...first]), wait('rest'), bytes(second)));
  const log = t.open(scenario.url);
  await log.wait('message');
  await scenario.signal('rest');
  await log.wait('message', count + 1);
  log.source.close();
  return { log, data: log.data().slice(1) };
}

test('stream-dispatched-as-it-comes', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n', wait('a'), 'data: 2\n\n', wait('b'), 'data: 3\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 1);
  await scenario.signal('a');
  await log.wait('message', 2);
  await scenario.signal('b');
  await log.wait('message', 3);
  same(log.data(), ['1', '2', '3']);
});

test('stream-cr-ends-a-line-at-once', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\r\r'));
  const log = t.open(scenario.url);
  await log.wait('message');
  same(log.data(), ['1']);
});

test('stream-crlf-dispatches-at-its-cr', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\r\n\r', wait('rest'), '\ndata: 2\r\n\r\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  await scenario.signal('rest');
  await log.wait('message', 2);
  same(log.data(), ['1', '2']);
});

test('stream-crlf-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, encode('data: 1\r'), encode('\ndata: 2\r\n\r\n'), 1);
  same(data, ['1\n2']);
});

test('stream-cr-cr-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, encode('data: 1\r'), encode('\rdata: 2\r\r'), 2);
  same(data, ['1', '2']);
});

test('stream-field-name-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, encode('da'), encode('ta: 1\n\n'), 1);
  same(data, ['1']);
});

test('stream-space-after-colon-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, encode('data:'), encode('  1\n\n'), 1);
  same(data, [' 1']);
});

test('stream-blank-line-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, encode('data: 1\n'), encode('\n'), 1);
  same(data, ['1']);
});

test('stream-id-in-two-pieces', {}, async (t) => {
  const { log } = await inTwoPieces(t, encode('id: 12'), encode('34\ndata: 1\n\n'), 1);
  equal(log.messages()[1].lastEventId, '1234');
});

test('stream-utf-8-split-anywhere', { crowd: 'alone' }, async (t) => {
  const text = 'é☃😀';
  const all = encode(`data: ${text}\n\n`);
  await Promise.all(all.slice(1).map(async (_, index) => {
    const { data } = await inTwoPieces(t, all.slice(0, index + 1), all.slice(index + 1), 1);
    same(data, [text], `split before byte ${index + 1}`);
  }));
});

test('stream-invalid-utf-8-in-two-pieces', {}, async (t) => {
  const { data } = await inTwoPieces(t, [...encode('data: '), 0xf0, 0x9f], [0x98, ...encode('x\n\n')], 1);
  same(data, ['\ufffdx']);
});

test('stream-bom-in-pieces', {}, async (t) => {
  const scenario = await t.scenario(stream(
    bytes([0xef]), wait('a'), bytes([0xbb]), wait('b'), bytes([0xbf, ...encode('data: 1\n\n')]),
  ));
  const log = t.open(scenario.url);
  await log.wait('open');
  await scenario.signal('a');
  await scenario.signal('b');
  await log.wait('message');
  same(log.data(), ['1']);
});

test('stream-several-events-of-one-piece', {}, async (t) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\nevent: named\ndata: 2\n\nid: 3\ndata: 3\n\n'));
  const log = t.open(scenario.url, {}, ['named']);
  await log.until(() => log.messages().length === 3);
  same(log.messages().map((entry) => [entry.type, entry.data, entry.lastEventId]), [
    ['message', '1', '1'], ['named', '2', '1'], ['message', '3', '3'],
  ]);
});

test('stream-many-events', { crowd: 'brief' }, async (t) => {
  const count = 20_000;
  const text = Array.from({ length: count }, (_, index) => `id: ${index}\ndata: ${index}\n\n`).join('');
  const scenario = await t.scenario(stream(text));
  const log = t.open(scenario.url);
  await log.until(() => log.entries.length > count);
  const wrong = log.messages().findIndex((entry, index) => entry.data !== String(index) || entry.lastEventId !== entry.data);
  equal(wrong, -1, 'index of the first wrong event');
});

test('stream-event-over-5-mb', { crowd: 'alone' }, async (t) => {
  const line = `data: ${'0123456789abcdef☃'.repeat(64)}\n`;
  const repeat = 5000;
  const scenario = await t.scenario(stream({ write: line, repeat }, '\ndata: after\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  const [data, after] = log.data();
  equal(data.length, repeat * 17 * 64 + repeat - 1, 'length');
  equal(data, Array(repeat).fill(line.slice(6, -1)).join('\n'), 'data');
  equal(after, 'after');
});

test('stream-line-over-5-mb', { crowd: 'alone' }, async (t) => {
  const part = '☃é0123456789abcdef';
  const repeat = 300_000;
  const scenario = await t.scenario(stream('data: ', { write: part, repeat }, '\n\ndata: after\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  equal(log.data()[0], part.repeat(repeat), 'data');
  equal(log.data()[1], 'after');
});

test('stream-comments-keep-it-open', {}, async (t) => {
  const scenario = await t.scenario(stream({ write: ': alive\n\n', repeat: 1000 }, 'data: 1\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  same(log.types(), ['open', 'message']);
});

test('stream-ends-in-the-middle', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\ndata: lost\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  same(log.data(), ['1', '2']);
});
