// Event handler attributes, as the Standard's section "Event handlers" has them.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { stream } from './scenario.js';

const HANDLERS = ['onopen', 'onmessage', 'onerror'];
const fire = (source, type = 'message', init) => source.dispatchEvent(new Event(type, init));

test('handler-null-at-first', {}, (t) => {
  for (const name of HANDLERS) equal(t.idle()[name], null, name);
});

test('handler-reads-back', {}, (t) => {
  const source = t.idle();
  for (const name of HANDLERS) {
    const handler = () => {};
    source[name] = handler;
    equal(source[name], handler, name);
    source[name] = null;
    equal(source[name], null, `${name} after null`);
  }
});

test('handler-non-object-is-null', {}, (t) => {
  const source = t.idle();
  for (const value of [undefined, 0, 1, '', 'alert()', true, Symbol('x')]) {
    source.onmessage = () => {};
    source.onmessage = value;
    equal(source.onmessage, null, `after ${String(value)}`);
  }
});

test('handler-object-is-kept-and-does-nothing', {}, (t) => {
  const source = t.idle();
  let called = 0;
  const object = { handleEvent() { called++; } };
  source.onmessage = object;
  equal(source.onmessage, object);
  fire(source);
  equal(called, 0, 'calls of handleEvent');
});

test('handler-this-and-arguments', {}, (t) => {
  const source = t.idle();
  for (const name of HANDLERS) {
    let seen;
    source[name] = function handler(...args) {
      seen = { self: this, args, current: args[0].currentTarget };
    };
    const event = new Event(name.slice(2));
    source.dispatchEvent(event);
    equal(seen.self, source, `this of ${name}`);
    equal(seen.args.length, 1, `arguments of ${name}`);
    equal(seen.args[0], event, `event of ${name}`);
    equal(seen.current, source, 'currentTarget');
  }
});

test('handler-only-its-type', {}, (t) => {
  const source = t.idle();
  const seen = [];
  for (const name of HANDLERS) source[name] = () => seen.push(name);
  source.onping = () => seen.push('onping');
  for (const type of ['message', 'ping', 'open', 'error', 'Message', 'onmessage']) fire(source, type);
  same(seen, ['onmessage', 'onopen', 'onerror']);
});

test('handler-order-among-listeners', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.addEventListener('message', () => seen.push('first'));
  source.onmessage = () => seen.push('handler');
  source.addEventListener('message', () => seen.push('last'));
  fire(source);
  same(seen, ['first', 'handler', 'last']);
});

test('handler-replaced-keeps-its-place', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.onmessage = () => seen.push('old');
  source.addEventListener('message', () => seen.push('listener'));
  source.onmessage = () => seen.push('new');
  fire(source);
  same(seen, ['new', 'listener']);
});

test('handler-set-after-null-moves-to-the-end', {}, (t) => {
  const source = t.idle();
  const seen = [];
  const handler = () => seen.push('handler');
  source.onmessage = handler;
  source.addEventListener('message', () => seen.push('listener'));
  source.onmessage = null;
  fire(source);
  source.onmessage = handler;
  fire(source);
  same(seen, ['listener', 'listener', 'handler']);
});

test('handler-object-holds-a-place', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.onmessage = {};
  source.addEventListener('message', () => seen.push('listener'));
  source.onmessage = () => seen.push('handler');
  fire(source);
  same(seen, ['handler', 'listener']);
});

test('handler-beside-the-same-listener', {}, (t) => {
  const source = t.idle();
  let count = 0;
  const both = () => count++;
  source.onmessage = both;
  source.addEventListener('message', both);
  fire(source);
  equal(count, 2);
  source.removeEventListener('message', both);
  fire(source);
  equal(count, 3, 'after removeEventListener');
});

test('handler-set-while-dispatching-waits', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.addEventListener('message', () => {
    source.onmessage = () => seen.push('handler');
  });
  fire(source);
  same(seen, []);
  fire(source);
  same(seen, ['handler']);
});

test('handler-replaced-while-dispatching', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.addEventListener('message', () => {
    source.onmessage = () => seen.push('new');
  });
  source.onmessage = () => seen.push('old');
  fire(source);
  same(seen, ['new']);
});

test('handler-removed-while-dispatching', {}, (t) => {
  const source = t.idle();
  const seen = [];
  source.addEventListener('message', () => {
    source.onmessage = null;
  });
  source.onmessage = () => seen.push('handler');
  fire(source);
  same(seen, []);
});

test('handler-return-false-cancels', {}, (t) => {
  const source = t.idle();
  for (const name of HANDLERS) {
    source[name] = () => false;
    const event = new Event(name.slice(2), { cancelable: true });
    equal(source.dispatchEvent(event), false, `dispatchEvent with ${name}`);
    equal(event.defaultPrevented, true, `defaultPrevented with ${name}`);
  }
});

test('handler-return-other-does-not-cancel', {}, (t) => {
  const source = t.idle();
  for (const name of HANDLERS) {
    for (const value of [undefined, null, true, 0, '', NaN, {}]) {
      source[name] = () => value;
      equal(fire(source, name.slice(2), { cancelable: true }), true, `${name} returned ${String(value)}`);
    }
  }
});

test('handler-return-false-of-uncancelable', {}, (t) => {
  const source = t.idle();
  source.onmessage = () => false;
  equal(fire(source), true);
});

test('handler-own-to-each-source', {}, (t) => {
  const [one, two] = [t.idle(), t.idle()];
  const seen = [];
  one.onmessage = () => seen.push('one');
  two.onmessage = () => seen.push('two');
  fire(two);
  same(seen, ['two']);
});

test('handler-throws-is-reported', {}, async (t) => {
  const source = t.idle();
  const mine = new Error('thrown by handler-throws-is-reported');
  const reported = t.uncaught(mine.message);
  let later = 0;
  source.onmessage = () => { throw mine; };
  source.addEventListener('message', () => later++);
  equal(fire(source), true, 'dispatchEvent');
  equal(later, 1, 'calls of the later listener');
  equal((await reported).error, mine, 'reported');
});

test('handler-throws-in-a-stream', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n', { wait: 'more' }, 'data: 3\n\n'));
  const reported = t.uncaught('thrown by handler-throws-in-a-stream');
  const source = t.keep(new t.EventSource(scenario.url));
  let thrown = false;
  source.onmessage = () => {
    if (thrown) return;
    thrown = true;
    throw new Error('thrown by handler-throws-in-a-stream');
  };
  const seen = [];
  const third = new Promise((resolve) => {
    source.addEventListener('message', (event) => {
      seen.push(event.data);
      if (event.data === '3') resolve();
    });
  });
  await reported;
  await scenario.signal('more');
  await third;
  same(seen, ['1', '2', '3']);
  equal((await scenario.requests()).length, 1, 'requests');
  equal(source.readyState, 1, 'readyState');
});

test('handler-throws-in-open-and-error', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', { end: true }), stream('data: 2\n\n'));
  const reported = [t.uncaught('thrown in onopen'), t.uncaught('thrown in onerror')];
  const log = t.open(scenario.url);
  let first = true;
  log.source.onopen = () => {
    if (!first) return;
    first = false;
    throw new Error('thrown in onopen');
  };
  log.source.onerror = () => { throw new Error('thrown in onerror'); };
  await Promise.all(reported);
  await log.wait('message', 2);
  same(log.types(), ['open', 'message', 'error', 'open', 'message']);
});

test('handler-receives-the-stream', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', { end: true }));
  const source = t.keep(new t.EventSource(scenario.url));
  const seen = [];
  await new Promise((resolve) => {
    for (const name of HANDLERS) {
      source[name] = function handler(event) {
        assert(this === source && event.target === source, 'this and target');
        seen.push(`${name} ${event.type}`);
        if (name === 'onerror') resolve();
      };
    }
  });
  same(seen, ['onopen open', 'onmessage message', 'onerror error']);
});
