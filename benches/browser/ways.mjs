// What the ways of making events cost, whose data one listener takes, and those of letting promise jobs run between two of them. Nothing
// comes from a server.

import { inRounds } from './rounds.mjs';
import { medians } from './table.mjs';

const EVENTS = 100_000;
const STEPS = 20_480;

export const title = 'Microseconds of the ways to make and dispatch an event, and of those to let promise jobs run between two';

/** @param {import('./rounds.mjs').Context} context */
export async function measure({ browser, origin, ...context }) {
  const page = await browser.open(`${origin}/page`);
  const { events, turns } = await page.evaluate('bench.ways');
  await page.close();
  return inRounds({ browser, origin, ...context }, 'ways', [...events, ...turns], async (fresh, way) => {
    const run = events.includes(way) ? `bench.makeEvents(${JSON.stringify(way)}, ${EVENTS})` : `bench.takeTurns(${JSON.stringify(way)}, ${STEPS})`;
    await fresh.evaluate(run);
    return { microseconds: await fresh.evaluate(run) };
  });
}

/** What is measured here has its name for a title. */
export const show = (results) => medians(results, ['microseconds'], Object.fromEntries(results.map(({ subject }) => [subject, subject])));
