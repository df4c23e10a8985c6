// The time from nothing to the first event, in a fresh page: loading the subject, opening a stream, and its first event.

import { median, short } from './numbers.mjs';
import { inRounds } from './rounds.mjs';
import { table } from './table.mjs';

export const title = 'Milliseconds from the script to the first event, cold';

/** @param {import('./rounds.mjs').Context} context */
export function measure(context) {
  // A start is short, and differs much.
  const rounds = context.rounds * 3;
  return inRounds({ ...context, rounds }, 'start-up', context.subjects, (page, subject) => page.evaluate(`bench.start('${subject}')`));
}

export function show(results, titles) {
  return table(['', 'median', 'least'], results.map(({ subject, wrong, values }) => [
    titles[subject], ...(wrong ? ['wrong', 'wrong'] : [short(median(values)), short(Math.min(...values))]),
  ]));
}
