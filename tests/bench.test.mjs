// The benches measure what they say: all that arrives is looked at, in Chromium, and what is wrong is found.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../benches/browser/browser.mjs';
import { exponent, quantile, ratio } from '../benches/browser/numbers.mjs';
import { PAYLOADS } from '../benches/browser/page/payloads.js';
import { SUBJECTS } from '../benches/browser/page/subjects.js';
import { startServer } from '../benches/browser/serve.mjs';
import { checkContents, measure, show } from '../benches/browser/throughput.mjs';
import { goals, isReached } from '../benches/goals.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await launchBrowser('chromium');
});

after(async () => {
  await browser?.quit();
  server?.stop();
});

test('every subject gets every payload as it was sent', async () => {
  const results = await checkContents({ browser, origin: server.origin, subjects: Object.keys(SUBJECTS), payloads: PAYLOADS });
  assert.equal(results.length, Object.keys(SUBJECTS).length * PAYLOADS.length);
  assert.deepEqual(results.filter(({ wrong }) => wrong), []);
});

test('what is measured comes in numbers, and to goals', async () => {
  const subjects = ['native', 'esm'];
  const say = () => {};
  const throughput = await measure({ browser, origin: server.origin, subjects, payloads: ['small'], rounds: 2, seconds: 0.02, say });
  for (const { wrong, events, bytes, eventsPerSecond, cpuMicroseconds } of throughput) {
    assert.equal(wrong, null);
    assert.ok(events > 0);
    assert.equal(bytes, 64);
    assert.equal(eventsPerSecond.length, 2);
    assert.ok([...eventsPerSecond, ...cpuMicroseconds].every((value) => value > 0));
  }
  const titles = { native: 'native', esm: 'ours' };
  assert.match(show(throughput, titles), /^native +[\d.]+ \(1\.00\)\nours +[\d.]+ \([\d.]+\)$/m);
  const [goal] = goals({ throughput, titles }, null);
  assert.equal(goal.value, ratio(throughput[1].eventsPerSecond, throughput[0].eventsPerSecond));
  assert.equal(isReached({ ...goal, value: goal.least }), true);
  assert.equal(isReached({ ...goal, value: goal.least * 0.99 }), false);
});

test('contents that are not what was sent are wrong, whole and in the checksum', async () => {
  const page = await browser.open(`${server.origin}/page`);
  await page.evaluate("bench.load('native')");
  await page.evaluate(`(() => {
    const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    const replace = (data) => data.replace('5', '6');
    Object.defineProperty(MessageEvent.prototype, 'data', { get() { return replace(get.call(this)); } });
  })()`);
  assert.match(await page.evaluate("bench.check('small')"), /^event 5 is .*"6-f.* and not .*"5-f/);
  const { wrong } = await page.evaluate("bench.measure('small', 4096 * 2)");
  assert.equal(wrong, 'other contents than were sent');
  await page.close();
});

test('quantiles lie between the values, and an exponent is the slope of logarithms', () => {
  assert.equal(quantile([3, 1, 2, 4], 0.5), 2.5);
  assert.equal(quantile([3, 1, 2], 1), 3);
  assert.ok(Math.abs(exponent([1, 2, 4, 8], [3, 12, 48, 192]) - 2) < 1e-9);
});

test('the ways of making events and of turns do what they say', async () => {
  const page = await browser.open(`${server.origin}/page`);
  const { events, turns } = await page.evaluate('bench.ways');
  for (const way of events) assert.ok(await page.evaluate(`bench.makeEvents(${JSON.stringify(way)}, 1000)`) > 0);
  for (const way of turns) assert.ok(await page.evaluate(`bench.takeTurns(${JSON.stringify(way)}, 256)`) > 0);
  await page.close();
});
