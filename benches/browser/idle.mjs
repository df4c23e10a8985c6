// What a stream costs that brings nothing but a comment now and then, in CPU time of all the browser's processes.

import { cpuTimes, secondsBetween } from './processes.mjs';
import { inRounds } from './rounds.mjs';
import { medians } from './table.mjs';

/** One stream's heartbeats would be lost in what the browser does anyway. */
const STREAMS = 5;
const EVERY = 100;
const SECONDS = 3;
/** What a page and its streams do when they begin and end is over by then. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 3000));

export const title = `CPU time of a heartbeat (${STREAMS} streams, a comment each ${EVERY} ms), microseconds, and how much of it is not there without streams`;

/** @param {import('./rounds.mjs').Context} context */
export function measure({ browser, ...context }) {
  // It takes its time, and differs little.
  const rounds = Math.ceil(context.rounds / 2);
  return inRounds({ browser, ...context, rounds }, 'idle', context.subjects, async (page, subject) => {
    const spend = async () => {
      const before = cpuTimes(browser.pid);
      await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
      return (secondsBetween(before, cpuTimes(browser.pid)) / (SECONDS * STREAMS * (1000 / EVERY))) * 1e6;
    };
    await page.evaluate(`bench.load('${subject}')`);
    await page.evaluate(`bench.holdIdle(${STREAMS}, ${EVERY})`);
    await settled();
    const all = await spend();
    await page.evaluate('bench.release()');
    await settled();
    return { all, added: all - (await spend()) };
  });
}

export const show = (results, titles) => medians(results, ['all', 'added'], titles);
