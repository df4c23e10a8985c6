// Many sources at once, each its own.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { GONE, SERVER_ERROR, stream, wait } from './scenario.js';

test('many-each-its-own', { crowd: 'alone' }, async (t) => {
  const scenarios = await Promise.all([1, 2, 3, 4, 5].map((n) => t.scenario(
    stream(`id: ${n}\ndata: ${n} first\n\n`, wait('more'), `data: ${n} second\n\n`),
  )));
  const logs = scenarios.map((scenario) => t.open(scenario.url));
  await Promise.all(logs.map((log) => log.wait('message')));
  for (const index of [3, 0, 4, 2, 1]) {
    await scenarios[index].signal('more');
    await logs[index].wait('message', 2);
  }
  logs.forEach((log, index) => {
    const n = index + 1;
    same(log.messages().map((entry) => [entry.data, entry.lastEventId]), [[`${n} first`, `${n}`], [`${n} second`, `${n}`]]);
  });
});

test('many-fail-apart', { crowd: 'alone' }, async (t) => {
  const good = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\n'));
  const log = t.open(good.url);
  await log.wait('message');
  const bad = await Promise.all([
    t.scenario(GONE), t.scenario(SERVER_ERROR), t.scenario(stream('retry: 600000\n\n', { drop: 'close' })),
  ]);
  await Promise.all(bad.map((scenario) => t.open(scenario.url).wait('error')));
  await good.signal('more');
  await log.wait('message', 2);
  same(log.states(), ['open 1', 'message 1', 'message 1']);
});

test('many-opened-in-handlers', { crowd: 'alone' }, async (t) => {
  const scenario = await t.scenario(...[1, 2, 3, 4, 5].map((n) => stream(`data: ${n}a\n\ndata: ${n}b\n\n`)));
  const seen = [];
  await new Promise((resolve) => {
    const openNext = () => {
      const source = t.keep(new t.EventSource(scenario.url));
      source.onmessage = (event) => {
        seen.push(event.data);
        if (event.data === '5b') resolve();
        else if (event.data.endsWith('a') && event.data !== '5a') openNext();
      };
    };
    openNext();
  });
  same([...seen].sort(), ['1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b', '5a', '5b']);
  assert(seen.indexOf('1b') < seen.indexOf('2a'), 'the rest of a batch comes before another source opens');
});

test('many-opened-and-closed', { crowd: 'alone' }, async (t) => {
  const count = 50;
  const scenario = await t.scenario(stream('data: 1\n\n'), { last: 'repeat' });
  await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
    const source = t.keep(new t.EventSource(scenario.url));
    source.onmessage = () => {
      source.close();
      resolve();
    };
  })));
  const requests = await scenario.closed(count);
  same([requests.length, requests.filter(({ closed }) => closed.by === 'client').length], [count, count]);
});

test('many-closed-while-connecting', { crowd: 'alone' }, async (t) => {
  const scenario = await t.scenario([wait('never')], { last: 'repeat' });
  const sources = Array.from({ length: 4 }, () => t.keep(new t.EventSource(scenario.url)));
  await scenario.requests(4);
  sources.forEach((source) => source.close());
  equal((await scenario.closed(4)).length, 4);
});

test('many-closed-at-once-after-construction', { crowd: 'alone' }, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), { last: 'repeat' });
  for (let index = 0; index < 50; index++) new t.EventSource(scenario.url).close();
  await t.fence();
  const begun = (await scenario.requests()).length;
  await scenario.closed(begun);
});
