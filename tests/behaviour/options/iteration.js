// Iterating over a source.

import { assert, equal, same } from '../assert.js';
import { END, SERVER_ERROR, stream, wait } from '../scenario.js';
import { EVENT_STREAM, SOON, both, byFetch, collect } from './transports.js';

both('iteration-gives-each-message-and-ends-on-close', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\nevent: a\ndata: 1\n\ndata: 2\n\n'));
  const source = t.keep(new t.EventSource(scenario.url, by));
  const got = [];
  for await (const message of source) {
    got.push(message);
    if (got.length === 2) source.close();
  }
  const origin = t.host.origin;
  same(got, [{ type: 'a', data: '1', origin, lastEventId: '1' }, { type: 'message', data: '2', origin, lastEventId: '1' }]);
});

both('iteration-goes-on-over-reconnections-and-ends-with-the-answer', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n', END));
  const got = [];
  for await (const { data } of t.keep(new t.EventSource(scenario.url, { ...by, method: 'POST', body: 'x' }))) got.push(data);
  same(got, ['1', '2']);
  const again = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n', END), stream('data: 3\n\n'));
  for await (const { data } of t.keep(new t.EventSource(again.url, { ...by, retry: SOON }))) {
    got.push(data);
    if (data === '3') break;
  }
  same(got, ['1', '2', '1', '2', '3']);
});

both('iteration-throws-on-failure', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR);
  let thrown;
  try {
    for await (const message of t.keep(new t.EventSource(scenario.url, by))) assert(!message, 'a message');
  } catch (error) {
    thrown = error;
  }
  same([thrown instanceof Error, thrown.reason, thrown.status], [true, 'http-status', 500]);
});

both('iteration-throws-when-the-attempts-are-used-up', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END), stream(END), { last: 'repeat' });
  const { got, error } = await collect(t.keep(new t.EventSource(scenario.url, { ...by, retry: { ...SOON, attempts: 1 } })));
  same([got.map(({ data }) => data), error && error.reason], [['1'], 'stream-ended']);
});

both('iteration-ends-with-a-stream-that-is-not-asked-for-again', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n', END), { last: 'repeat' });
  const got = [];
  const when = () => got.length < 2;
  for await (const { data } of t.keep(new t.EventSource(scenario.url, { ...by, retry: { ...SOON, when } }))) got.push(data);
  same(got, ['1', '2']);
});

both('iteration-that-begins-after-the-failure-throws', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR);
  const log = t.open(scenario.url, by);
  await log.wait('error');
  for (const times of ['once', 'again']) {
    let thrown;
    await log.source.messages().next().catch((error) => {
      thrown = error;
    });
    same([thrown && thrown.reason, thrown && thrown.status], ['http-status', 500], times);
  }
  log.source.close();
  const left = log.source.messages();
  await left.return();
  same(await left.next(), { value: undefined, done: true }, 'left');
});

both('iteration-throws-though-a-listener-closes-the-source', async (t, by) => {
  const scenario = await t.scenario(SERVER_ERROR);
  const source = t.keep(new t.EventSource(scenario.url, by));
  source.onerror = () => source.close();
  let thrown;
  await source.messages().next().catch((error) => {
    thrown = error;
  });
  equal(thrown && thrown.reason, 'http-status');
  await source.messages().next().catch((error) => {
    thrown = error.status;
  });
  equal(thrown, 500, 'later');
});

both('iteration-by-types-break-and-listeners', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: a\ndata: 2\n\nevent: b\ndata: 3\n\ndata: 4\n\n', wait('more'), 'data: 5\n\n'));
  const log = t.open(scenario.url, by, ['a', 'b']);
  const got = [];
  for await (const { data } of log.source.messages({ types: ['a', 'b'] })) {
    got.push(data);
    if (data === '3') break;
  }
  same(got, ['2', '3']);
  await scenario.signal('more');
  await log.until(() => log.data().length === 5);
  same([log.data(), log.source.readyState], [['1', '2', '3', '4', '5'], 1]);
});

both('iteration-by-batches', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: a\ndata: 2\n\ndata: 3\n\n', wait('more'), 'data: 4\n\n', END));
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: false }));
  const got = [];
  for await (const messages of source.messages().batches()) {
    assert(messages.length > 0, 'an empty list');
    got.push(...messages.map(({ type, data }) => type + data));
    if (got.length === 3) await scenario.signal('more');
  }
  same(got, ['message1', 'a2', 'message3', 'message4']);
});

both('iteration-by-batches-of-several-that-want-different-types', async (t, by) => {
  const part = (from) => `data: ${from}\n\nevent: a\nid: ${from}\ndata: ${from + 1}\n\nevent: a\ndata: ${from + 2}\n\n`;
  const scenario = await t.scenario(stream(part(1), END), stream(part(4), wait('more'), part(7), END));
  const when = () => source.lastEventId !== '7';
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: { ...SOON, when } }));
  const heard = [];
  const all = async (messages, isLate) => {
    const got = [];
    for await (const list of messages.batches()) {
      assert(list.length > 0, 'an empty list');
      got.push(...list.map(({ data, lastEventId }) => `${data} ${lastEventId}`));
      // One more listens, and what is left goes on as events for it, too.
      if (isLate && got.length >= 6 && !source.onmessage) {
        source.onmessage = ({ data }) => heard.push(data);
        await scenario.signal('more');
      }
    }
    return got;
  };
  const [every, some] = await Promise.all([all(source.messages(), true), all(source.messages({ types: ['a'] }))]);
  same(every, ['1 ', '2 1', '3 1', '4 1', '5 4', '6 4', '7 4', '8 7', '9 7']);
  same([some, heard], [['2 1', '3 1', '5 4', '6 4', '8 7', '9 7'], ['7']]);
});

both('iteration-by-batches-of-one-that-wants-a-type', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: a\ndata: 2\n\ndata: 3\n\nevent: a\ndata: 4\n\nid: 5\n\n', END));
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: false }));
  const got = [];
  for await (const messages of source.messages({ types: ['a'] }).batches()) got.push(...messages.map(({ data }) => data));
  same([got, source.lastEventId], [['2', '4'], '5']);
});

both('iteration-by-batches-that-are-asked-for-ahead', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n', wait('more'), 'data: 3\n\ndata: 4\n\n', END));
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: false }));
  const batches = source.messages().batches();
  const lists = Array.from({ length: 6 }, () => batches.next());
  await lists[0];
  await scenario.signal('more');
  const results = await Promise.all(lists);
  same(results.flatMap(({ value = [] }) => value.map(({ data }) => data)), ['1', '2', '3', '4']);
  same(results[5], { done: true });
});

both('iteration-that-is-asked-ahead', async (t, by) => {
  const numbers = Array.from({ length: 100 }, (_, index) => String(index));
  const scenario = await t.scenario(stream(numbers.map((number) => `data: ${number}\n\n`).join(''), END));
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: false }));
  const messages = source.messages();
  const first = await messages.next();
  // Longer than a page is to wait: some results have to wait for their turn.
  for (const begin = Date.now(); Date.now() - begin < 20;);
  const got = [first.value.data];
  await Promise.all(numbers.map(() => messages.next().then(({ value, done }) => done || got.push(value.data))));
  same(got, numbers);
});

both('iteration-by-several', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\nevent: a\ndata: 2\n\ndata: 3\n\n', END));
  const source = t.keep(new t.EventSource(scenario.url, { ...by, retry: false }));
  const all = async (messages) => {
    const got = [];
    for await (const { data } of messages) got.push(data);
    return got;
  };
  same(await Promise.all([all(source), all(source.messages({ types: ['a'] })), all(source), all(source.messages({ types: [] }))]), [['1', '2', '3'], ['2'], ['1', '2', '3'], []]);
});

both('iteration-listener-added-in-the-loop-hears-the-rest-of-a-long-text', async (t, by) => {
  const data = Array.from({ length: 2000 }, (_, index) => `${index} 世é😀`);
  const scenario = await t.scenario(stream(data.map((each) => `data: ${each}\n\n`).join('')));
  const source = t.keep(new t.EventSource(scenario.url, by));
  const got = [];
  for await (const message of source) {
    got.push(message.data);
    if (got.length === 700) break;
  }
  await new Promise((resolve) => {
    source.onmessage = (event) => {
      got.push(event.data);
      if (got.length === data.length) resolve();
    };
  });
  same(got, data);
});

both('iteration-listener-added-in-the-loop-hears-the-rest', async (t, by) => {
  const events = 'data: 1\n\ndata: 2\n\nid: x\nevent: a\ndata: 3\n\ndata: 4\n\n';
  for (const leaves of [true, false]) {
    const scenario = await t.scenario(stream(events));
    const source = t.keep(new t.EventSource(scenario.url, by));
    const heard = [];
    let done;
    const four = new Promise((resolve) => {
      done = resolve;
    });
    const hear = ({ type, data, lastEventId }) => {
      heard.push(type + data + lastEventId);
      if (data === '4') done();
    };
    const got = [];
    for await (const { data } of source) {
      got.push(data);
      if (data === '2') {
        source.onmessage = hear;
        source.addEventListener('a', hear);
        equal(heard.length, 0, 'events in the call');
        if (leaves) break;
      }
      if (data === '4') break;
    }
    await four;
    same([got, heard], [leaves ? ['1', '2'] : ['1', '2', '3', '4'], ['a3x', 'message4x']]);
    equal(source.lastEventId, 'x', 'last event ID');
  }
});

both('iteration-and-onmessage', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const source = t.keep(new t.EventSource(scenario.url, by));
  const heard = new Promise((resolve) => {
    source.onmessage = ({ data }) => resolve(data);
  });
  equal((await source.messages().next()).value.data, '1', 'iterated');
  equal(await heard, '1', 'heard');
});

/** A caller's fetch whose body gives chunks of 100 messages without end; and how many were `read`. */
function endless() {
  const chunk = new TextEncoder().encode('data: x\n\n'.repeat(100));
  const counts = { read: 0 };
  const body = () => new ReadableStream({
    pull(controller) {
      counts.read += 1;
      controller.enqueue(chunk);
    },
  }, { highWaterMark: 0 });
  return { counts, fetch: async () => new Response(body(), { headers: EVENT_STREAM }) };
}

byFetch('iteration-holds-the-network-back', async (t) => {
  const { counts, fetch } = endless();
  const source = t.keep(new t.EventSource(`${t.host.origin}/x`, { fetch }));
  const messages = source.messages();
  await messages.next();
  await t.fence();
  // One chunk is with the consumer, and one on its way.
  assert(counts.read <= 3, `${counts.read} chunks were read`);
  for (let taken = 1; taken < 1000; taken += 1) equal((await messages.next()).value.data, 'x');
  await messages.return();
});

byFetch('iteration-that-nobody-reads-holds-listeners-up-until-it-is-left', async (t) => {
  const { counts, fetch } = endless();
  const source = t.keep(new t.EventSource(`${t.host.origin}/x`, { fetch }));
  const messages = source.messages();
  let heard = 0;
  const more = new Promise((resolve) => {
    source.onmessage = () => {
      heard += 1;
      if (heard === 1000) resolve();
    };
  });
  await t.fence();
  same([heard <= 100, counts.read <= 3], [true, true], 'events of the first chunk');
  await messages.return();
  await more;
});

both('iteration-begins-with-what-comes-next', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\n'));
  const log = t.open(scenario.url, by);
  await log.wait('message');
  const messages = log.source.messages();
  await scenario.signal('more');
  equal((await messages.next()).value.data, '2');
  await messages.return();
});

byFetch('iteration-by-several-is-as-fast-as-the-slowest', async (t) => {
  const { counts, fetch } = endless();
  const source = t.keep(new t.EventSource(`${t.host.origin}/x`, { fetch }));
  const [fast, slow] = [source.messages(), source.messages()];
  const take = async (messages, count) => {
    for (let taken = 0; taken < count; taken += 1) equal((await messages.next()).value.data, 'x');
  };
  await take(fast, 100);
  let isThere = false;
  const next = fast.next().then(() => {
    isThere = true;
  });
  await t.fence();
  // All of the first chunk waits for the slow one.
  same([isThere, counts.read <= 3], [false, true], 'the next chunk');
  await take(slow, 40);
  await next;
  await take(slow, 60);
  // Who leaves holds nobody back.
  await slow.return();
  await take(fast, 1000);
  await fast.return();
});
