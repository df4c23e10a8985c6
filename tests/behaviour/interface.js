// The interface as WebIDL lays it out.

import { assert, equal, same, throws } from './assert.js';
import { test } from './runner.js';
import { SERVER_ERROR, stream } from './scenario.js';

const READ_ONLY = ['url', 'withCredentials', 'readyState'];
const HANDLERS = ['onopen', 'onmessage', 'onerror'];
const CONSTANTS = { CONNECTING: 0, OPEN: 1, CLOSED: 2 };

const descriptor = Object.getOwnPropertyDescriptor;

test('interface-name', {}, ({ EventSource }) => {
  equal(EventSource.name, 'EventSource');
});

test('interface-length', {}, ({ EventSource }) => {
  equal(EventSource.length, 1);
});

test('interface-inherits-event-target', {}, (t) => {
  equal(Object.getPrototypeOf(t.EventSource), EventTarget, 'prototype of the class');
  equal(Object.getPrototypeOf(t.EventSource.prototype), EventTarget.prototype, 'prototype of its prototype');
  assert(t.idle() instanceof EventTarget, 'a source is no EventTarget');
});

test('interface-to-string-tag', {}, (t) => {
  equal(String(t.idle()), '[object EventSource]');
  same(descriptor(t.EventSource.prototype, Symbol.toStringTag), {
    value: 'EventSource', writable: false, enumerable: false, configurable: true,
  });
});

test('interface-prototype-property', {}, ({ EventSource }) => {
  const { writable, enumerable, configurable } = descriptor(EventSource, 'prototype');
  same({ writable, enumerable, configurable }, { writable: false, enumerable: false, configurable: false });
});

test('interface-constructor-property', {}, ({ EventSource }) => {
  equal(EventSource.prototype.constructor, EventSource);
  equal(descriptor(EventSource.prototype, 'constructor').enumerable, false, 'enumerable');
});

test('interface-global-property', { needs: ['global-class'] }, ({ EventSource, host }) => {
  const { value, writable, enumerable, configurable } = descriptor(host.global, 'EventSource');
  equal(value, EventSource);
  same({ writable, enumerable, configurable }, { writable: true, enumerable: false, configurable: true });
});

test('interface-constants', {}, (t) => {
  for (const [name, value] of Object.entries(CONSTANTS)) {
    const wanted = { value, writable: false, enumerable: true, configurable: false };
    same(descriptor(t.EventSource, name), wanted, `${name} of the class`);
    same(descriptor(t.EventSource.prototype, name), wanted, `${name} of the prototype`);
    equal(t.idle()[name], value, `${name} of a source`);
  }
});

test('interface-constants-read-only', {}, (t) => {
  const source = t.idle();
  for (const object of [t.EventSource, t.EventSource.prototype, source]) {
    throws(TypeError, () => { object.OPEN = 7; }, 'assignment to OPEN');
    equal(object.OPEN, 1);
  }
});

test('interface-attributes-on-prototype', {}, ({ EventSource }) => {
  for (const name of [...READ_ONLY, ...HANDLERS]) {
    const { get, set, enumerable, configurable } = descriptor(EventSource.prototype, name) || {};
    equal(typeof get, 'function', `getter of ${name}`);
    equal(typeof set, HANDLERS.includes(name) ? 'function' : 'undefined', `setter of ${name}`);
    same({ enumerable, configurable }, { enumerable: true, configurable: true }, name);
  }
});

test('interface-accessor-names', {}, ({ EventSource }) => {
  for (const name of [...READ_ONLY, ...HANDLERS]) {
    const { get, set } = descriptor(EventSource.prototype, name);
    same([get.name, get.length], [`get ${name}`, 0]);
    if (set) same([set.name, set.length], [`set ${name}`, 1]);
  }
});

test('interface-attributes-read-only', {}, (t) => {
  const source = t.idle();
  for (const name of READ_ONLY) {
    const before = source[name];
    throws(TypeError, () => { source[name] = 'other'; }, `assignment to ${name}`);
    equal(source[name], before, name);
  }
});

test('interface-close-method', {}, (t) => {
  const { value, writable, enumerable, configurable } = descriptor(t.EventSource.prototype, 'close');
  same([value.name, value.length], ['close', 0]);
  same({ writable, enumerable, configurable }, { writable: true, enumerable: true, configurable: true });
  throws(TypeError, () => new value(), 'new close()');
  equal(t.idle().close(), undefined, 'result of close()');
});

test('interface-no-own-properties', {}, (t) => {
  const source = t.idle();
  same(Object.getOwnPropertyNames(source), []);
  equal(Object.getOwnPropertySymbols(source).length, 0, 'own symbols');
});

test('interface-enumeration', {}, (t) => {
  const names = [];
  for (const name in t.idle()) names.push(name);
  for (const name of [...READ_ONLY, ...HANDLERS, ...Object.keys(CONSTANTS), 'close', 'addEventListener']) {
    assert(names.includes(name), `${name} is not enumerated`);
  }
});

test('interface-prototype-members', {}, ({ EventSource }) => {
  same(Object.getOwnPropertyNames(EventSource.prototype).sort(), [
    ...Object.keys(CONSTANTS), ...READ_ONLY, ...HANDLERS, 'close', 'constructor',
  ].sort());
});

test('interface-class-members', {}, ({ EventSource }) => {
  same(Object.getOwnPropertyNames(EventSource).sort(), [...Object.keys(CONSTANTS), 'length', 'name', 'prototype'].sort());
});

test('interface-call-without-new', {}, ({ EventSource, host }) => {
  throws(TypeError, () => EventSource(`${host.origin}/idle`), 'call');
  throws(TypeError, () => EventSource.call({}, `${host.origin}/idle`), 'call on an object');
});

test('interface-brand-getters', {}, (t) => {
  for (const name of [...READ_ONLY, ...HANDLERS]) {
    const { get } = descriptor(t.EventSource.prototype, name);
    for (const other of [{}, new EventTarget(), t.EventSource.prototype, Object.create(t.EventSource.prototype), undefined, 1]) {
      throws(TypeError, () => get.call(other), `getter of ${name}`);
    }
  }
});

test('interface-brand-setters', {}, (t) => {
  for (const name of HANDLERS) {
    const { set } = descriptor(t.EventSource.prototype, name);
    for (const other of [{}, new EventTarget(), t.EventSource.prototype, undefined]) {
      throws(TypeError, () => set.call(other, null), `setter of ${name}`);
    }
  }
});

test('interface-brand-close', {}, (t) => {
  const { close } = t.EventSource.prototype;
  for (const other of [{}, new EventTarget(), t.EventSource.prototype, undefined]) {
    throws(TypeError, () => close.call(other), 'close()');
  }
});

test('interface-subclass', {}, (t) => {
  class Feed extends t.EventSource {
    constructor(path) {
      super(t.host.origin + path, { withCredentials: true });
      this.path = path;
    }

    get state() {
      return this.readyState;
    }
  }
  const feed = t.keep(new Feed('/idle'));
  assert(feed instanceof Feed && feed instanceof t.EventSource, 'instance of both');
  same([feed.path, feed.state, feed.withCredentials, feed.url], ['/idle', 0, true, `${t.host.origin}/idle`]);
  equal(Feed.CLOSED, 2, 'inherited constant');
  feed.close();
  equal(feed.state, 2, 'after close()');
});

test('interface-subclass-overrides-close', {}, async (t) => {
  let closed = 0;
  class Feed extends t.EventSource {
    close() {
      closed++;
      super.close();
    }
  }
  const scenario = await t.scenario(SERVER_ERROR);
  const feed = new Feed(scenario.url);
  await new Promise((resolve) => { feed.onerror = resolve; });
  same([feed.readyState, closed], [2, 0], 'a failure does not go through close()');
});

test('interface-subclass-overrides-add-event-listener', {}, async (t) => {
  const seen = [];
  class Feed extends t.EventSource {
    addEventListener(type) {
      seen.push(type);
    }

    removeEventListener(type) {
      seen.push(type);
    }
  }
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const feed = t.keep(new Feed(scenario.url));
  feed.onopen = () => seen.push('opened');
  feed.onopen = null;
  const data = await new Promise((resolve) => {
    feed.onmessage = (event) => resolve(event.data);
  });
  same([data, seen], ['1', []], 'event handlers do not go through what the page has put in their way');
});

test('interface-new-target', {}, ({ EventSource, host }) => {
  class Other {}
  const source = Reflect.construct(EventSource, [`${host.origin}/idle`], Other);
  equal(Object.getPrototypeOf(source), Other.prototype);
  const get = (name) => descriptor(EventSource.prototype, name).get.call(source);
  equal(get('readyState'), 0, 'readyState');
  EventSource.prototype.close.call(source);
  equal(get('readyState'), 2, 'readyState after close()');
});

test('interface-initial-state', {}, (t) => {
  const url = `${t.host.origin}/idle?a=b`;
  const source = t.keep(new t.EventSource(url));
  same([source.url, source.withCredentials, source.readyState], [url, false, 0]);
  same(HANDLERS.map((name) => source[name]), [null, null, null]);
});
