// The time from the server's write to the handler, where one event comes each 5 ms, and the time that a stream takes to open.

import { median, quantile, short } from './numbers.mjs';
import { inRounds } from './rounds.mjs';
import { table } from './table.mjs';

const EVERY = 5;
/** A machine may wake up late for seconds on end, so a round is short, and there are so many for each that is asked for. */
const TIMES = 5;
const EVENTS = 400;
const WARM_UP = 50;
const OPENINGS = 5;

export const title = `Milliseconds from write to handler, one event each ${EVERY} ms, and from the call until the stream is open`;

/** @param {import('./rounds.mjs').Context} context */
export function measure(context) {
  return inRounds({ ...context, rounds: context.rounds * TIMES }, 'latency', context.subjects, async (page, subject) => {
    await page.evaluate(`bench.load('${subject}')`);
    await page.evaluate(`bench.delays(${WARM_UP}, ${EVERY})`);
    const delays = await page.evaluate(`bench.delays(${EVENTS}, ${EVERY})`);
    const opening = await page.evaluate(`bench.opening(${OPENINGS})`);
    return { p50: median(delays), p99: quantile(delays, 0.99), open: median(opening) };
  });
}

export function show(results, titles) {
  const cell = (values, member) => short(median(values.map((value) => value[member])));
  return table(['', 'p50', 'p99', 'open'], results.map(({ subject, wrong, values }) => [
    titles[subject], ...['p50', 'p99', 'open'].map((member) => (wrong ? 'wrong' : cell(values, member))),
  ]));
}
