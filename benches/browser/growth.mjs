// One event that comes in small writes, and one that is huge: how the time grows with the size.

import { exponent, short } from './numbers.mjs';
import { cpuTimes, secondsBetween } from './processes.mjs';
import { inRounds } from './rounds.mjs';
import { table } from './table.mjs';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Sizes of the event, and of the server's writes; 0 stands for 1 to 64 bytes in turn. */
const SERIES = {
  'dribbled, 1 byte': { write: 1, sizes: [64 * KIB, 128 * KIB, 256 * KIB, 512 * KIB] },
  'dribbled, 1-64 bytes': { write: 0, sizes: [2 * MIB, 4 * MIB, 8 * MIB, 16 * MIB] },
  huge: { write: 64 * KIB, sizes: [4 * MIB, 8 * MIB, 16 * MIB, 32 * MIB] },
};
/** What the dribbled sizes are divided by in WebKitGTK, where each small write takes fetch 0.12 ms: the whole ones would take more than an hour. */
const LESS = 16;

export const title = "Seconds from the request to one event, the least of the rounds, by its size, and the exponents of growth of time and of the browser's CPU time";

/** @param {import('./rounds.mjs').Context} context */
export async function measure({ browser, ...context }) {
  const all = [];
  for (const [series, { write, sizes: whole }] of Object.entries(SERIES)) {
    const sizes = browser.name === 'webkit' && series !== 'huge' ? whole.map((size) => size / LESS) : whole;
    const results = await inRounds({ browser, ...context }, `growth, ${series}`, context.subjects, async (page, subject) => {
      await page.evaluate(`bench.load('${subject}')`);
      // Warm-up.
      await page.evaluate(`bench.single(${sizes[0]}, ${write})`);
      const value = { seconds: [], cpuSeconds: [] };
      for (const size of sizes) {
        const before = cpuTimes(browser.pid);
        value.seconds.push(await page.evaluate(`bench.single(${size}, ${write})`));
        value.cpuSeconds.push(secondsBetween(before, cpuTimes(browser.pid)));
      }
      return value;
    });
    all.push(...results.map((result) => ({ series, sizes, ...result })));
  }
  return all.map((result) => ({ ...result, exponents: exponents(result) }));
}

/** Whatever disturbs makes it more. */
function least(values, member, index) {
  return Math.min(...values.map((value) => value[member][index]));
}

function exponents({ sizes, values, wrong }) {
  if (wrong) return null;
  const of = (member) => exponent(sizes, sizes.map((_, index) => least(values, member, index)));
  return { time: of('seconds'), cpu: of('cpuSeconds') };
}

export function show(results, titles) {
  const ofSeries = Object.keys(SERIES).map((series) => results.filter((result) => result.series === series));
  return ofSeries.map((found) => showSeries(found, titles)).join('\n\n');
}

function showSeries(results, titles) {
  const [{ series, sizes }] = results;
  return table(
    [series, ...sizes.map((size) => (size < MIB ? `${size / KIB} KiB` : `${size / MIB} MiB`)), 'exponent', 'of CPU'],
    results.map(({ subject, wrong, values, exponents: found }) => [
      titles[subject],
      ...(wrong
        ? [...sizes, 0, 0].map(() => 'wrong')
        : [...sizes.map((_, index) => short(least(values, 'seconds', index))), found.time.toFixed(2), found.cpu.toFixed(2)]),
    ]),
  );
}
