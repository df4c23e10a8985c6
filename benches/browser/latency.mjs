// What an event costs that comes alone, as a language model's do: the time from the server's write to the handler, where one comes
// each 5 ms, and the CPU time of all the browser's processes meanwhile. And the time that a stream takes to open.

import { median, quantile } from './numbers.mjs';
import { cpuTimes, secondsBetween } from './processes.mjs';
import { inRounds } from './rounds.mjs';
import { medians } from './table.mjs';

const EVERY = 5;
/** A machine may wake up late for seconds on end, so a round is short, and there are so many for each that is asked for. */
const TIMES = 5;
const EVENTS = 440;
/** Of a stream before. */
const WARM_UP = 50;
/** Those at the beginning that do not count for the latency. */
const FIRST = 40;
const OPENINGS = 5;

export const title = `Milliseconds from write to handler, one event each ${EVERY} ms; microseconds of CPU time of one; milliseconds from the call until the stream is open`;

/** @param {import('./rounds.mjs').Context} context */
export function measure({ browser, rounds, ...context }) {
  return inRounds({ browser, ...context, rounds: rounds * TIMES }, 'latency', context.subjects, async (page, subject) => {
    await page.evaluate(`bench.load('${subject}')`);
    await page.evaluate(`bench.delays(${WARM_UP}, ${EVERY})`);
    const before = cpuTimes(browser.pid);
    const delays = await page.evaluate(`bench.delays(${EVENTS}, ${EVERY})`);
    const cpu = (secondsBetween(before, cpuTimes(browser.pid)) / EVENTS) * 1e6;
    const later = delays.slice(FIRST);
    const opening = await page.evaluate(`bench.opening(${OPENINGS})`);
    return { p50: median(later), p99: quantile(later, 0.99), cpu, open: median(opening) };
  });
}

export const show = (results, titles) => medians(results, ['p50', 'p99', 'cpu', 'open'], titles);
