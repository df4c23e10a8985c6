// When a source gives up, renews its connection and pauses.

import { atLeast, equal, same } from '../assert.js';
import { END, stream, wait } from '../scenario.js';
import { SOON, both, byFetch, collect } from './transports.js';

/** What is said on the console meanwhile. */
async function spokenWhile(action) {
  const said = [];
  const methods = ['debug', 'info', 'log', 'warn', 'error'];
  const before = methods.map((method) => console[method]);
  methods.forEach((method) => {
    console[method] = (...words) => said.push(words.join(' '));
  });
  try {
    await action();
  } finally {
    methods.forEach((method, index) => {
      console[method] = before[index];
    });
  }
  return said;
}

both('heartbeat-timeout-0-is-off', async (t, by) => {
  for (const heartbeatTimeout of [0, Infinity]) {
    const scenario = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\n'));
    const log = t.open(scenario.url, { ...by, heartbeatTimeout });
    await log.wait('message');
    await t.reconnections();
    await scenario.signal('more');
    await log.wait('message', 2);
    same(log.states(), ['open 1', 'message 1', 'message 1']);
    log.source.close();
  }
});

both('heartbeat-timeout', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n'), stream('data: 2\n\n'), { last: 'repeat' });
  const log = t.open(scenario.url, { ...by, heartbeatTimeout: 500, retry: SOON });
  await log.wait('message', 2);
  equal(log.entries[2].event.reason, 'timeout', 'reason');
  const requests = await scenario.requests(2);
  equal(requests[1].headers['last-event-id'], '1', 'id');
  atLeast(requests[1].time - requests[0].time, 490, 'silence');
});

both('heartbeat-timeout-says-nothing-on-the-console', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), { last: 'repeat' });
  const said = await spokenWhile(async () => {
    const log = t.open(scenario.url, { ...by, heartbeatTimeout: 50, retry: SOON });
    await log.wait('error', 2);
    log.source.close();
  });
  same(said.filter((text) => text.includes(scenario.path)), []);
}, { crowd: 'alone' });

byFetch('heartbeat-timeout-does-not-count-while-a-loop-is-slow', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n'), { last: 'repeat' });
  const source = t.keep(new t.EventSource(scenario.url, { heartbeatTimeout: 50, retry: SOON }));
  const reasons = [];
  source.onerror = ({ reason }) => reasons.push(reason);
  const messages = source.messages();
  equal((await messages.next()).value.data, '1');
  // Another whose time is as long has lost its connection again and again.
  await t.open(scenario.url, { heartbeatTimeout: 50, retry: SOON }).wait('error', 3);
  same(reasons, []);
  equal((await messages.next()).value.data, '2');
  await messages.return();
});

both('max-event-size-fails-after-the-messages-before', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\ndata: 2\n\ndata: 34567890'));
  const log = t.open(scenario.url, { ...by, maxEventSize: 12 });
  equal((await log.wait('error')).event.reason, 'too-large', 'reason');
  same(log.states(), ['open 1', 'message 1', 'message 1', 'error 2']);
  await scenario.closed(1);
  const again = t.keep(new t.EventSource((await t.scenario(stream('data: 1\n\ndata: 234567890'))).url, { ...by, maxEventSize: 12 }));
  const { got, error } = await collect(again);
  same([got.map(({ data }) => data), error.reason], [['1'], 'too-large']);
});

both('max-event-size-infinity', async (t, by) => {
  const scenario = await t.scenario(stream({ write: 'data: x\n', repeat: 1000 }, wait('open'), '\n'));
  const log = t.open(scenario.url, { ...by, maxEventSize: Infinity });
  await log.wait('open');
  await scenario.signal('open');
  equal((await log.wait('message')).data.length, 1999);
});

/** Runs a test in a page that says of itself what `become(isHidden)` does. */
function inPage(name, body) {
  both(name, async (t, by) => {
    let isHidden = false;
    Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
    const become = (hidden) => {
      isHidden = hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      await body(t, { ...by, pauseWhenHidden: true }, become);
    } finally {
      delete document.hidden;
    }
  }, { needs: ['window'], crowd: 'alone' });
}

inPage('pause-when-hidden', async (t, init, become) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n'), stream('data: 2\n\n'));
  const log = t.open(scenario.url, init);
  await log.wait('message');
  become(true);
  await scenario.closed(1);
  await t.reconnections();
  equal((await scenario.requests()).length, 1, 'requests while hidden');
  become(false);
  await log.wait('message', 2);
  equal((await scenario.requests(2))[1].headers['last-event-id'], '1', 'id');
});

inPage('pause-when-hidden-from-the-start', async (t, init, become) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  become(true);
  const log = t.open(scenario.url, init);
  await t.fence();
  same([(await scenario.requests()).length, log.source.readyState], [0, 0], 'while hidden');
  become(false);
  await log.wait('message');
  same(log.states(), ['open 1', 'message 1']);
});

inPage('pause-when-hidden-ends-a-wait', async (t, init, become) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const log = t.open(scenario.url, { ...init, retry: { initial: 100_000 } });
  await log.wait('error');
  become(true);
  become(false);
  await log.wait('message', 2);
  same(log.states(), ['open 1', 'message 1', 'error 0', 'open 1', 'message 1']);
});

inPage('pause-when-hidden-ends-with-close', async (t, init, become) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), { last: 'repeat' });
  const log = t.open(scenario.url, init);
  await log.wait('message');
  become(true);
  log.source.close();
  become(false);
  await t.reconnections();
  same([(await scenario.requests()).length, log.source.readyState], [1, 2]);
});
