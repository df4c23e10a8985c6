// Sources in iframes: a document of its own, with a base URL, an encoding and a policy of its own.

import { assert, equal, same, throws, throwsSyntaxError } from './assert.js';
import { firstOf, open, openFrame } from './frame.js';
import { test } from './runner.js';
import { sharedStream, stream } from './scenario.js';

const WINDOW = { needs: ['window'] };

test('frame-message', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const { contentWindow } = await openFrame(t);
  const event = await firstOf(t.keep(new contentWindow.Subject(scenario.url)));
  same([event.type, event.data, event.origin], ['message', '1', t.host.origin]);
});

test('frame-events-of-its-realm', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const { contentWindow } = await openFrame(t);
  const source = t.keep(new contentWindow.Subject(scenario.url));
  const opened = await firstOf(source, ['open']);
  equal(Object.getPrototypeOf(opened), contentWindow.Event.prototype, 'prototype of open');
  const message = await firstOf(source);
  equal(Object.getPrototypeOf(message).constructor, contentWindow.MessageEvent, 'constructor of message');
  assert(!(message instanceof MessageEvent), 'an event of the parent realm');
});

test('frame-exceptions-of-its-realm', WINDOW, async (t) => {
  const { contentWindow } = await openFrame(t);
  throwsSyntaxError(contentWindow, () => new contentWindow.Subject('http://'));
  throws(contentWindow.TypeError, () => new contentWindow.Subject());
});

test('frame-url-resolved-against-its-own-base', WINDOW, async (t) => {
  const { contentWindow } = await openFrame(t);
  const source = t.keep(new contentWindow.Subject('idle?x'));
  equal(source.url, `${t.host.origin}/host/idle?x`);
});

test('frame-base-element', WINDOW, async (t) => {
  const { contentWindow } = await openFrame(t, { base: '/elsewhere/page' });
  equal(t.keep(new contentWindow.Subject('idle')).url, `${t.host.origin}/elsewhere/idle`);
});

test('frame-base-at-construction', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const { contentWindow, contentDocument } = await openFrame(t, { base: '/s/' });
  const source = t.keep(new contentWindow.Subject(scenario.path.slice(3)));
  contentDocument.querySelector('base').href = '/elsewhere/';
  equal((await firstOf(source)).data, '1');
  equal(source.url, scenario.url);
});

test('frame-document-encoding-of-the-query', WINDOW, async (t) => {
  const { contentWindow, contentDocument } = await openFrame(t, { charset: 'windows-1252' });
  equal(contentDocument.characterSet, 'windows-1252');
  equal(t.keep(new contentWindow.Subject('/é?é')).url, `${t.host.origin}/%C3%A9?%E9`);
});

test('frame-srcdoc', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const page = await (await fetch(`/host/frame.html?build=${t.host.build}`)).text();
  const { contentWindow } = await open(t, (frame) => { frame.srcdoc = page; });
  equal(contentWindow.location.href, 'about:srcdoc');
  const source = t.keep(new contentWindow.Subject(scenario.path));
  equal(source.url, scenario.url);
  const event = await firstOf(source);
  same([event.data, event.origin], ['1', t.host.origin]);
});

test('frame-removed-closes-its-connections', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const frame = await openFrame(t);
  await firstOf(new frame.contentWindow.Subject(scenario.url));
  frame.remove();
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
});

test('frame-navigated-closes-its-connections', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const frame = await openFrame(t);
  await firstOf(new frame.contentWindow.Subject(scenario.url));
  frame.src = 'about:blank';
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
});

test('frame-window-stop', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const { contentWindow } = await openFrame(t);
  const source = t.keep(new contentWindow.Subject(scenario.url));
  await firstOf(source);
  contentWindow.stop();
  await scenario.closed(1);
  await t.fence();
  equal(source.readyState, 2);
});

test('csp-refused', WINDOW, async (t) => {
  const scenario = await t.scenario(sharedStream({}, 'data: 1\n\n'), { last: 'repeat' });
  const { contentWindow } = await openFrame(t, { csp: "connect-src 'self'" });
  const source = t.keep(new contentWindow.Subject(scenario.otherUrl));
  const event = await firstOf(source);
  same([event.type, source.readyState], ['error', 2]);
  await t.reconnections();
  same([source.readyState, (await scenario.requests()).length], [2, 0], 'later');
});

test('csp-allowed', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const { contentWindow } = await openFrame(t, { csp: "connect-src 'self'" });
  equal((await firstOf(t.keep(new contentWindow.Subject(scenario.url)))).data, '1');
});

test('csp-refuses-a-redirect', WINDOW, async (t) => {
  const target = await t.scenario(sharedStream({}, 'data: 1\n\n'), { last: 'repeat' });
  const start = await t.scenario([{ head: { status: 302, headers: { Location: target.otherUrl } } }, { end: true }], { last: 'repeat' });
  const { contentWindow } = await openFrame(t, { csp: "connect-src 'self'" });
  const source = t.keep(new contentWindow.Subject(start.url));
  equal((await firstOf(source)).type, 'error');
  equal((await target.requests()).length, 0, 'requests at the target');
});
