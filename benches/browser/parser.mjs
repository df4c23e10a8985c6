// The parser inside the builds, in a page but without network: streams come from memory, and no handler wants their events.

import { median, short } from './numbers.mjs';
import { makePayload } from './page/payloads.js';
import { inRounds } from './rounds.mjs';
import { table } from './table.mjs';

const CHUNKS = [64 * 1024, 1024];

export const title = 'MB per second from memory to a stream that nobody listens to';

/** @param {import('./rounds.mjs').Context} context */
export async function measure(context) {
  const subjects = context.subjects.filter((name) => ['limit', 'esm', 'script', 'eventsource', 'eventsource-client'].includes(name));
  const results = await inRounds(context, 'parser', subjects, async (page, subject) => {
    await page.evaluate('bench.intercept()');
    await page.evaluate(`bench.load('${subject}')`);
    const value = {};
    for (const payload of context.payloads) {
      for (const chunk of CHUNKS) {
        // A whole number of cycles that takes about as long as is asked for, when the code is warm.
        const megabytes = makePayload(payload).bytes.length / 1e6;
        const run = (cycles) => page.evaluate(`bench.parse('${payload}', ${cycles}, ${chunk})`);
        await run(4);
        const cycles = Math.max(1, Math.ceil(((await run(4)) * context.seconds) / megabytes));
        value[`${payload} ${chunk}`] = await run(cycles);
      }
    }
    return value;
  });
  return results;
}

export function show(results, titles) {
  const columns = Object.keys(results.find(({ values }) => values.length)?.values[0] ?? {});
  return CHUNKS.map((chunk) => {
    const shown = columns.filter((column) => column.endsWith(` ${chunk}`));
    return table([`chunks of ${chunk} bytes`, ...shown.map((column) => column.split(' ')[0])], results.map(({ subject, wrong, values }) => [
      titles[subject], ...shown.map((column) => (wrong ? 'wrong' : short(median(values.map((value) => value[column]))))),
    ]));
  }).join('\n\n');
}
