// addEventListener in all its forms, as the DOM Standard has them.

import { equal, same, throws } from './assert.js';
import { test } from './runner.js';
import { stream } from './scenario.js';

const fire = (source, type = 'message', init) => source.dispatchEvent(new Event(type, init));

/** A source, a record, and a maker of listeners that write their name into it. */
function setUp(t) {
  const seen = [];
  return { source: t.idle(), seen, named: (name) => () => seen.push(name) };
}

test('listener-order', {}, (t) => {
  const { source, seen, named } = setUp(t);
  for (const name of ['a', 'b', 'c']) source.addEventListener('message', named(name));
  fire(source);
  same(seen, ['a', 'b', 'c']);
});

test('listener-duplicate-ignored', {}, (t) => {
  const { source, seen, named } = setUp(t);
  const listener = named('a');
  source.addEventListener('message', listener);
  source.addEventListener('message', listener);
  source.addEventListener('message', listener, { once: true, passive: true });
  source.addEventListener('message', listener, true);
  fire(source);
  same(seen, ['a', 'a']);
});

test('listener-removed', {}, (t) => {
  const { source, seen, named } = setUp(t);
  const listener = named('a');
  source.addEventListener('message', listener);
  source.removeEventListener('message', listener, true);
  source.removeEventListener('other', listener);
  source.removeEventListener('message', named('a'));
  fire(source);
  source.removeEventListener('message', listener);
  fire(source);
  same(seen, ['a']);
});

test('listener-once', {}, (t) => {
  const { source, seen, named } = setUp(t);
  source.addEventListener('message', named('once'), { once: true });
  source.addEventListener('message', named('always'));
  fire(source);
  fire(source);
  same(seen, ['once', 'always', 'always']);
});

test('listener-once-in-a-stream', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\ndata: 3\n\n'));
  const log = t.open(scenario.url);
  const seen = [];
  log.source.addEventListener('message', (event) => seen.push(event.data), { once: true });
  await log.wait('message', 3);
  same(seen, ['1']);
});

test('listener-capture-is-called', {}, (t) => {
  const { source, seen, named } = setUp(t);
  source.addEventListener('message', named('boolean'), true);
  source.addEventListener('message', named('option'), { capture: true });
  fire(source);
  same(seen, ['boolean', 'option']);
});

test('listener-passive-cannot-cancel', {}, (t) => {
  const { source } = setUp(t);
  source.addEventListener('message', (event) => event.preventDefault(), { passive: true });
  equal(fire(source, 'message', { cancelable: true }), true, 'passive');
  source.addEventListener('message', (event) => event.preventDefault());
  equal(fire(source, 'message', { cancelable: true }), false, 'not passive');
});

test('listener-signal', {}, (t) => {
  const { source, seen, named } = setUp(t);
  const controller = new AbortController();
  source.addEventListener('message', named('a'), { signal: controller.signal });
  fire(source);
  controller.abort();
  fire(source);
  source.addEventListener('message', named('b'), { signal: controller.signal });
  fire(source);
  same(seen, ['a']);
});

test('listener-object', {}, (t) => {
  const { source } = setUp(t);
  const seen = [];
  const object = {
    handleEvent(event) {
      seen.push([this === object, event.type]);
    },
  };
  source.addEventListener('message', object);
  fire(source);
  object.handleEvent = () => seen.push('looked up at the time');
  fire(source);
  same(seen, [[true, 'message'], 'looked up at the time']);
});

test('listener-null', {}, (t) => {
  const { source } = setUp(t);
  source.addEventListener('message', null);
  source.addEventListener('message', undefined);
  source.removeEventListener('message', null);
  equal(fire(source), true);
});

test('listener-not-an-object', {}, (t) => {
  const { source } = setUp(t);
  for (const value of [1, 'x', true, Symbol('x')]) {
    throws(TypeError, () => source.addEventListener('message', value), `listener ${String(value)}`);
  }
});

test('listener-too-few-arguments', {}, (t) => {
  const { source } = setUp(t);
  throws(TypeError, () => source.addEventListener());
  throws(TypeError, () => source.addEventListener('message'));
});

test('listener-this', {}, (t) => {
  const { source } = setUp(t);
  let self;
  source.addEventListener('message', function listener() {
    self = this;
  });
  fire(source);
  equal(self, source);
});

test('listener-added-while-dispatching', {}, (t) => {
  const { source, seen, named } = setUp(t);
  source.addEventListener('message', () => source.addEventListener('message', named('new')), { once: true });
  fire(source);
  same(seen, []);
  fire(source);
  same(seen, ['new']);
});

test('listener-removed-while-dispatching', {}, (t) => {
  const { source, seen, named } = setUp(t);
  const later = named('later');
  source.addEventListener('message', () => source.removeEventListener('message', later));
  source.addEventListener('message', later);
  fire(source);
  same(seen, []);
});

test('listener-stop-immediate-propagation', {}, (t) => {
  const { source, seen, named } = setUp(t);
  source.addEventListener('message', (event) => event.stopImmediatePropagation());
  source.addEventListener('message', named('later'));
  fire(source);
  same(seen, []);
});

test('listener-throws-is-reported', {}, async (t) => {
  const { source, seen, named } = setUp(t);
  const mine = new Error('thrown by listener-throws-is-reported');
  const reported = t.uncaught(mine.message);
  source.addEventListener('message', () => { throw mine; });
  source.addEventListener('message', named('later'));
  fire(source);
  same(seen, ['later']);
  equal((await reported).error, mine);
});

test('listener-of-the-page-s-own-events', {}, (t) => {
  const { source } = setUp(t);
  let data;
  source.onmessage = (event) => { data = event.data; };
  source.dispatchEvent(new MessageEvent('message', { data: 'mine' }));
  equal(data, 'mine');
});

test('listener-dispatch-same-event-twice', {}, (t) => {
  const { source } = setUp(t);
  let inner;
  const event = new Event('message');
  source.addEventListener('message', () => {
    try {
      source.dispatchEvent(event);
    } catch (error) {
      inner = error.name;
    }
  });
  source.dispatchEvent(event);
  equal(inner, 'InvalidStateError', 'dispatch while dispatching');
});

test('listener-dispatch-not-an-event', {}, (t) => {
  const { source } = setUp(t);
  throws(TypeError, () => source.dispatchEvent({ type: 'message' }));
  throws(TypeError, () => source.dispatchEvent());
});
