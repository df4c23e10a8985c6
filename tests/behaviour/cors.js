// Sources at another origin.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { DROP, END, answer, sharedStream, stream, wait } from './scenario.js';

const EVENT = 'data: 1\n\n';

/**
 * The connection is refused: CLOSED, with one error event, and nobody asks again. Until then a build may have had to ask
 * more than once (it can't see why fetch refused), so every request gets the same answer.
 */
async function refused(t, response, init) {
  const scenario = await t.scenario(response, { last: 'repeat' });
  const log = t.open(scenario.otherUrl, init);
  await log.wait('error');
  same(log.states(), ['error 2']);
  const count = (await scenario.requests()).length;
  await t.reconnections();
  same(log.states(), ['error 2'], 'later');
  equal((await scenario.requests()).length, count, 'requests later');
}

test('cors-any-origin', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({}, EVENT));
  const log = t.open(scenario.otherUrl);
  const { origin } = await log.wait('message');
  equal(origin, t.host.otherOrigin);
  same(log.states(), ['open 1', 'message 1']);
});

test('cors-this-origin', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({ 'Access-Control-Allow-Origin': t.host.origin }, EVENT));
  await t.open(scenario.otherUrl).wait('message');
  equal((await scenario.requests(1))[0].headers.origin, t.host.origin, 'Origin');
});

test('cors-first-request-without-preflight', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({}, EVENT));
  await t.open(scenario.otherUrl).wait('message');
  equal((await scenario.preflights()).length, 0, 'preflights');
});

test('cors-refused-without-header', {}, (t) => refused(t, stream(EVENT)));

test('cors-refused-other-origin', {}, (t) => refused(t, sharedStream({ 'Access-Control-Allow-Origin': 'http://example.com' }, EVENT)));

test('cors-refused-credentials-for-any-origin', {}, (t) => (
  refused(t, sharedStream({ 'Access-Control-Allow-Credentials': 'true' }, EVENT), { withCredentials: true })
));

test('cors-refused-credentials-not-allowed', {}, (t) => (
  refused(t, sharedStream({ 'Access-Control-Allow-Origin': t.host.origin }, EVENT), { withCredentials: true })
));

test('cors-refused-error-status', {}, (t) => refused(t, answer(500, { 'Content-Type': 'text/event-stream' }, END)));

test('cors-wrong-type-fails', {}, (t) => refused(t, sharedStream({ 'Content-Type': 'text/html' }, EVENT)));

test('cors-error-status-fails', {}, (t) => refused(t, answer(500, { 'Access-Control-Allow-Origin': '*' }, 'failed', END)));

test('cors-reconnects', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({}, 'retry: 1\ndata: 1\n\n', END), sharedStream({}, 'data: 2\n\n'));
  const log = t.open(scenario.otherUrl);
  await log.wait('message', 2);
  same(log.states(), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1']);
});

test('cors-reconnects-after-drop', {}, async (t) => {
  const scenario = await t.scenario(
    sharedStream({}, 'retry: 1\ndata: 1\n\n', wait('seen'), DROP), sharedStream({}, 'data: 2\n\n'),
  );
  const log = t.open(scenario.otherUrl);
  await log.wait('message');
  await scenario.signal('seen');
  await log.wait('message', 2);
  same(log.states(), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1']);
});

test('cors-unreachable-is-tried-again', {}, async (t) => {
  const { id, origin } = await t.host.transport('POST', `${t.host.controlOrigin}/doors`);
  const scenario = await t.scenario(sharedStream({}, EVENT));
  const log = t.open(origin + scenario.path);
  const { readyState } = await log.wait('error');
  equal(readyState, 0, 'readyState at the error');
  await t.host.transport('POST', `${t.host.controlOrigin}/doors/${id}/open`);
  await log.wait('message');
  assert(!log.states().includes('error 2'), log.states().join());
  equal(log.messages()[0].origin, origin, 'origin');
});
