// The events themselves.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { END, GONE, stream } from './scenario.js';

/** The log of a source that has had an open, a message and an error. */
async function allThree(t, text = 'retry: 1\nid: 7\ndata: 1\n\n') {
  const scenario = await t.scenario(stream(text, END), GONE);
  const log = t.open(scenario.url);
  await log.wait('error');
  return log;
}

const eventOf = (log, type) => log.entries.find((entry) => entry.type === type).event;

test('event-open-is-an-event', {}, async (t) => {
  const event = eventOf(await allThree(t), 'open');
  equal(Object.getPrototypeOf(event), Event.prototype, 'prototype');
  equal(event.data, undefined, 'data');
});

test('event-error-is-an-event', {}, async (t) => {
  const event = eventOf(await allThree(t), 'error');
  equal(Object.getPrototypeOf(event), Event.prototype, 'prototype');
});

test('event-message-is-a-message-event', {}, async (t) => {
  const event = eventOf(await allThree(t), 'message');
  assert(event instanceof MessageEvent, 'instanceof');
  equal(event.constructor, MessageEvent, 'constructor');
  equal(String(event), '[object MessageEvent]');
});

test('event-message-prototype', {}, async (t) => {
  equal(Object.getPrototypeOf(eventOf(await allThree(t), 'message')), MessageEvent.prototype);
});

test('event-flags', {}, async (t) => {
  for (const { event, type } of (await allThree(t)).entries) {
    const { bubbles, cancelable, composed, defaultPrevented } = event;
    same({ bubbles, cancelable, composed, defaultPrevented }, {
      bubbles: false, cancelable: false, composed: false, defaultPrevented: false,
    }, type);
  }
});

test('event-trusted', {}, async (t) => {
  for (const { event, type } of (await allThree(t)).entries) equal(event.isTrusted, true, type);
});

test('event-targets', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), GONE);
  const source = t.keep(new t.EventSource(scenario.url));
  const events = [];
  const during = [];
  await new Promise((resolve) => {
    source.onopen = source.onmessage = source.onerror = (event) => {
      events.push(event);
      during.push(event.target === source, event.currentTarget === source, event.eventPhase);
      if (event.type === 'error') resolve();
    };
  });
  same(during, [true, true, 2, true, true, 2, true, true, 2], 'target, currentTarget and eventPhase');
  await t.fence();
  for (const event of events) {
    equal(event.target, source, 'target afterwards');
    same([event.currentTarget, event.eventPhase], [null, 0], 'currentTarget and eventPhase afterwards');
  }
});

test('event-message-members', {}, async (t) => {
  const event = eventOf(await allThree(t), 'message');
  same([event.data, event.lastEventId, event.origin, event.source], ['1', '7', t.host.origin, null]);
  assert(Array.isArray(event.ports) && event.ports.length === 0, 'ports');
  assert(Object.isFrozen(event.ports), 'ports frozen');
});

test('event-message-of-any-length', {}, async (t) => {
  const all = [1, 400, 401, 5000].flatMap((length) => ['a'.repeat(length), `ä\n${'€'.repeat(length)}`]).concat('\n\n');
  const lines = (data) => data.replace(/^/gm, 'data: ');
  const scenario = await t.scenario(stream(all.map((data, index) => `id: ${index % 2 ? '' : `é ${index}`}\n${lines(data)}\n\n`).join('')));
  const log = t.open(scenario.url);
  await log.wait('message', all.length);
  log.messages().forEach(({ event }, index) => {
    const { data, lastEventId, origin } = event;
    same([data, lastEventId, origin], [all[index], index % 2 ? '' : `é ${index}`, t.host.origin], `event ${index}`);
    equal(event.data, data, 'read twice');
  });
});

test('event-message-init-can-be-copied', {}, async (t) => {
  const event = eventOf(await allThree(t), 'message');
  const copy = new MessageEvent(event.type, event);
  same([copy.data, copy.lastEventId, copy.origin, copy.type], ['1', '7', t.host.origin, 'message']);
});

test('event-own-properties', {}, async (t) => {
  const event = eventOf(await allThree(t), 'message');
  same(Object.getOwnPropertyNames(event), Object.getOwnPropertyNames(new MessageEvent('message')));
});

test('event-dispatched-again-by-the-page', {}, async (t) => {
  const log = await allThree(t);
  const event = eventOf(log, 'message');
  const target = new EventTarget();
  let seen;
  target.addEventListener('message', (again) => { seen = [again.data, again.lastEventId, again.target === target]; });
  target.dispatchEvent(event);
  same(seen, ['1', '7', true]);
});

test('event-states', {}, async (t) => {
  const scenario = await t.scenario(stream('retry: 1\ndata: 1\n\n', END), stream('data: 2\n\n', END), GONE);
  const log = t.open(scenario.url);
  equal(log.source.readyState, 0, 'readyState at first');
  await log.wait('error', 3);
  same(log.states(), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1', 'error 0', 'error 2']);
});

test('event-named', {}, async (t) => {
  const scenario = await t.scenario(stream('event: update\ndata: 1\n\ndata: 2\n\n'));
  const log = t.open(scenario.url, {}, ['update']);
  await log.wait('message');
  same(log.messages().map((entry) => `${entry.type} ${entry.data}`), ['update 1', 'message 2']);
  equal(log.messages()[0].event.constructor, MessageEvent, 'constructor');
});

for (const type of ['open', 'error']) {
  test(`event-named-${type}-is-a-message`, {}, async (t) => {
    const scenario = await t.scenario(stream(`event: ${type}\ndata: mine\n\n`));
    const source = t.keep(new t.EventSource(scenario.url));
    const event = await new Promise((resolve) => {
      source[`on${type}`] = (each) => each.data !== undefined && resolve(each);
    });
    assert(event instanceof MessageEvent, 'instanceof MessageEvent');
    same([event.type, event.data, source.readyState], [type, 'mine', 1]);
  });
}

test('event-without-listener', {}, async (t) => {
  const scenario = await t.scenario(stream('event: nobody\nid: 5\ndata: 1\n\ndata: 2\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message');
  same([log.data(), log.messages()[0].lastEventId], [['2'], '5']);
});

/** Three events of one piece, whose handler queues promise jobs, one after the other: the order in which all that runs. */
async function withJobs(t, depth) {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\ndata: 3\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  const seen = [];
  await new Promise((resolve) => {
    source.onmessage = ({ data }) => {
      seen.push(data);
      let job = Promise.resolve();
      for (let level = 1; level <= depth; level++) job = job.then(() => seen.push(`${data} job ${level}`));
      if (data === '3') job.then(resolve);
    };
  });
  return seen;
}

test('event-promise-jobs-between', {}, async (t) => {
  same(await withJobs(t, 1), ['1', '1 job 1', '2', '2 job 1', '3', '3 job 1']);
});

test('event-chained-promise-jobs-between', {}, async (t) => {
  same(await withJobs(t, 3), [1, 2, 3].flatMap((n) => [`${n}`, `${n} job 1`, `${n} job 2`, `${n} job 3`]));
});

test('event-listener-added-between', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: later\ndata: 2\n\ndata: 3\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  const seen = [];
  await new Promise((resolve) => {
    source.onmessage = (event) => {
      seen.push(event.data);
      if (event.data === '1') source.addEventListener('later', (later) => seen.push(later.data));
      else resolve();
    };
  });
  same(seen, ['1', '2', '3']);
});

test('event-handler-added-between', {}, async (t) => {
  const scenario = await t.scenario(stream('event: first\ndata: 1\n\ndata: 2\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  const data = await new Promise((resolve) => {
    source.addEventListener('first', () => {
      source.onmessage = (event) => resolve(event.data);
    });
  });
  equal(data, '2');
});

test('event-handler-set-after-construction', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const source = t.keep(new t.EventSource(scenario.url));
  await Promise.resolve();
  const seen = [];
  await new Promise((resolve) => {
    source.onopen = () => seen.push('open');
    source.onmessage = (event) => resolve(seen.push(event.data));
  });
  same(seen, ['open', '1']);
});

test('event-object-is-new-each-time', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 1\n\n'));
  const log = t.open(scenario.url);
  await log.wait('message', 2);
  const [one, two] = log.messages();
  assert(one.event !== two.event, 'the same event object twice');
});

test('event-timestamps-ascend', {}, async (t) => {
  const { entries } = await allThree(t);
  for (let index = 1; index < entries.length; index++) {
    assert(entries[index].event.timeStamp >= entries[index - 1].event.timeStamp, `timeStamp of event ${index}`);
  }
  assert(entries[0].event.timeStamp > 0, 'timeStamp of the first');
});

test('event-reaches-no-other-target', {}, async (t) => {
  const seen = [];
  const listener = (event) => seen.push(event.type);
  t.host.global.addEventListener('update-of-a-source', listener, true);
  const scenario = await t.scenario(stream('event: update-of-a-source\ndata: 1\n\ndata: 2\n\n'));
  await t.open(scenario.url).wait('message');
  t.host.global.removeEventListener('update-of-a-source', listener, true);
  same(seen, []);
});
