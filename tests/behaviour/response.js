// Which responses announce the connection, and which fail it for good.

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { END, GONE, answer, bytes, stream } from './scenario.js';

/** The response fails the connection: one error, CLOSED, nothing before or after. */
async function fails(t, response) {
  const scenario = await t.scenario(response);
  const log = t.open(scenario.url);
  await log.wait('error');
  await t.fence();
  same(log.states(), ['error 2']);
  equal(log.source.readyState, 2, 'readyState');
  equal((await scenario.requests()).length, 1, 'requests');
}

const EVENT = 'data: 1\n\n';
const eventStream = (status) => answer(status, { 'Content-Type': 'text/event-stream' }, EVENT, END);

for (const status of [201, 202, 203, 206, 400, 403, 404, 410, 418, 429, 500, 503]) {
  test(`response-status-${status}-fails`, {}, (t) => fails(t, eventStream(status)));
}

for (const status of [204, 205]) {
  test(`response-status-${status}-fails`, {}, (t) => fails(t, answer(status, { 'Content-Type': 'text/event-stream' }, END)));
}

for (const status of [301, 302, 303, 307, 308]) {
  test(`response-status-${status}-without-location-fails`, {}, (t) => fails(t, eventStream(status)));
}

// Ended, since a browser may want to see more of a body before it says what type a doubtful one has.
const typed = (type) => answer(200, { 'Content-Type': type }, EVENT, END);

for (const [name, type] of [
  ['plain', 'text/event-stream'],
  ['case', 'TEXT/Event-Stream'],
  ['parameter', 'text/event-stream;charset=utf-8'],
  ['spaces-around-parameter', 'text/event-stream ; x=y'],
  ['spaces-around', ' \ttext/event-stream\t '],
  ['case-and-parameter', 'TEXT/Event-Stream ; x=y'],
  ['empty-parameter', 'text/event-stream;'],
  ['broken-parameter', 'text/event-stream;;; ="'],
  ['several-types-last-right', 'text/html, text/event-stream'],
]) {
  test(`response-type-${name}`, {}, async (t) => {
    const scenario = await t.scenario(typed(type));
    const log = t.open(scenario.url);
    await log.wait('error');
    same(log.states(), ['open 1', 'message 1', 'error 0']);
  });
}

for (const [name, type] of [
  ['html', 'text/html'],
  ['plain-text', 'text/plain'],
  ['longer', 'text/event-streamx'],
  ['longer-with-parameter', 'text/event-streamx;charset=utf-8'],
  ['other-main-type', 'application/event-stream'],
  ['prefixed', 'xtext/event-stream'],
  ['old', 'application/x-dom-event-stream'],
  ['space-inside', 'text/ event-stream'],
  ['words-after', 'text/event-stream and more'],
  ['subtype-only', 'event-stream'],
  ['main-type-only', 'text'],
  ['empty', ''],
  ['in-a-parameter', 'text/plain;x=text/event-stream'],
  ['several-types-last-wrong', 'text/event-stream, text/html'],
]) {
  test(`response-type-${name}-fails`, {}, (t) => fails(t, typed(type)));
}

test('response-type-missing-fails', {}, (t) => fails(t, answer(200, {}, EVENT, END)));

test('response-status-before-body', {}, (t) => fails(t, answer(500, { 'Content-Type': 'text/event-stream' })));

test('response-announced-before-its-body', {}, async (t) => {
  const scenario = await t.scenario(stream());
  const log = t.open(scenario.url);
  await log.wait('open');
  same(log.states(), ['open 1']);
});

for (const charset of ['windows-1252', 'utf-16', 'x-unknown', '"utf-8']) {
  test(`response-charset-${charset.replace('"', 'broken-')}-ignored`, {}, async (t) => {
    const scenario = await t.scenario(answer(200, { 'Content-Type': `text/event-stream;charset=${charset}` }, 'data: é☃\n\n'));
    const log = t.open(scenario.url);
    await log.until(() => log.data().length || log.source.readyState === 2);
    same(log.data(), ['é☃']);
  });
}

test('response-content-encoding', {}, async (t) => {
  // gzip of "data: packed\n\n"
  const packed = [
    0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0x01, 0x0e, 0x00, 0xf1, 0xff, 0x64, 0x61, 0x74, 0x61, 0x3a, 0x20, 0x70, 0x61, 0x63,
    0x6b, 0x65, 0x64, 0x0a, 0x0a, 0x3f, 0x91, 0x96, 0x64, 0x0e, 0, 0, 0,
  ];
  const headers = { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' };
  const scenario = await t.scenario(answer(200, headers, bytes(packed), END));
  const log = t.open(scenario.url);
  await log.until(() => log.types().includes('message') || log.types().includes('error'));
  same(log.types().slice(0, 2), ['open', 'message']);
  equal(log.data()[0], 'packed');
});

test('response-failed-for-good', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), GONE, stream(EVENT));
  const log = t.open(scenario.url);
  await log.wait('error', 2);
  await t.reconnections();
  same(log.states(), ['open 1', 'message 1', 'error 0', 'error 2']);
  equal((await scenario.requests()).length, 2, 'requests');
});

test('response-failed-type-for-good', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), answer(200, { 'Content-Type': 'text/html' }, END), stream(EVENT));
  const log = t.open(scenario.url);
  await log.wait('error', 2);
  await t.reconnections();
  same(log.states(), ['open 1', 'message 1', 'error 0', 'error 2']);
  equal((await scenario.requests()).length, 2, 'requests');
});

test('response-failed-closes-its-connection', {}, async (t) => {
  const scenario = await t.scenario(answer(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' }, EVENT));
  await t.open(scenario.url).wait('error');
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
});
