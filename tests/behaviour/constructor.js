// The constructor's arguments, converted as WebIDL does.

import { equal, same, throws, throwsValue } from './assert.js';
import { test } from './runner.js';

/** A URL that needs no base. */
const idle = (t) => `${t.host.origin}/idle`;

/** The last part of the URL that this argument became. */
function lastPart(t, argument) {
  const { url } = t.keep(new t.EventSource(argument));
  return url.slice(url.lastIndexOf('/') + 1);
}

test('constructor-no-arguments', {}, ({ EventSource }) => {
  throws(TypeError, () => new EventSource());
});

test('constructor-url-null', {}, (t) => {
  equal(lastPart(t, null), 'null');
});

test('constructor-url-undefined', {}, (t) => {
  equal(lastPart(t, undefined), 'undefined');
});

test('constructor-url-number', {}, (t) => {
  equal(lastPart(t, 1), '1');
});

test('constructor-url-boolean', {}, (t) => {
  equal(lastPart(t, true), 'true');
});

test('constructor-url-object', {}, (t) => {
  equal(lastPart(t, { toString: () => 'made' }), 'made');
  equal(lastPart(t, ['x', 'y']), 'x,y');
});

test('constructor-url-url-object', {}, (t) => {
  equal(t.keep(new t.EventSource(new URL(idle(t)))).url, idle(t));
});

test('constructor-url-symbol', {}, ({ EventSource }) => {
  throws(TypeError, () => new EventSource(Symbol('x')));
});

test('constructor-url-converted-once', {}, (t) => {
  let count = 0;
  t.keep(new t.EventSource({ toString: () => `${idle(t)}?${++count}` }));
  equal(count, 1);
});

test('constructor-url-conversion-throws', {}, ({ EventSource }) => {
  const mine = new Error('mine');
  throwsValue(mine, () => new EventSource({ toString() { throw mine; } }));
});

test('constructor-init-nothing', {}, (t) => {
  for (const init of [undefined, null, {}, () => {}, [], { other: true }]) {
    equal(t.keep(new t.EventSource(idle(t), init)).withCredentials, false);
  }
});

test('constructor-init-primitive', {}, ({ EventSource }) => {
  for (const init of [true, false, 0, 1, '', 'x', Symbol('x')]) {
    throws(TypeError, () => new EventSource('/idle', init), `init ${String(init)}`);
  }
});

test('constructor-with-credentials-true', {}, (t) => {
  for (const withCredentials of [true, 1, 'false', {}, Symbol('x')]) {
    equal(t.keep(new t.EventSource(idle(t), { withCredentials })).withCredentials, true, String(withCredentials));
  }
});

test('constructor-with-credentials-false', {}, (t) => {
  for (const withCredentials of [false, 0, '', null, undefined, NaN]) {
    equal(t.keep(new t.EventSource(idle(t), { withCredentials })).withCredentials, false, String(withCredentials));
  }
});

test('constructor-with-credentials-inherited', {}, (t) => {
  equal(t.keep(new t.EventSource(idle(t), Object.create({ withCredentials: true }))).withCredentials, true);
});

test('constructor-with-credentials-read-once', {}, (t) => {
  let count = 0;
  t.keep(new t.EventSource(idle(t), { get withCredentials() { return ++count; } }));
  equal(count, 1);
});

test('constructor-with-credentials-getter-throws', {}, ({ EventSource }) => {
  const mine = new Error('mine');
  throwsValue(mine, () => new EventSource('/idle', { get withCredentials() { throw mine; } }));
});

test('constructor-conversion-order', {}, (t) => {
  const order = [];
  t.keep(new t.EventSource(
    { toString() { order.push('url'); return idle(t); } },
    { get withCredentials() { order.push('withCredentials'); return false; } },
  ));
  same(order, ['url', 'withCredentials']);
});

test('constructor-converts-before-it-parses', {}, ({ EventSource }) => {
  const mine = new Error('mine');
  throwsValue(mine, () => new EventSource('http://', { get withCredentials() { throw mine; } }));
  throws(TypeError, () => new EventSource('http://', 1), 'init');
});

test('constructor-third-argument-ignored', {}, (t) => {
  equal(t.keep(new t.EventSource(idle(t), {}, 'x')).readyState, 0);
});
