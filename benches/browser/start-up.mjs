// The time from nothing to the first event, in a fresh page: loading the subject, a stream's request, and its first event.

import { inRounds } from './rounds.mjs';
import { medians } from './table.mjs';

export const title = 'Milliseconds until the script is loaded, the server has the request, and the first event is there, cold';

/** @param {import('./rounds.mjs').Context} context */
export function measure(context) {
  // A start is short, and differs much.
  const rounds = context.rounds * 3;
  return inRounds({ ...context, rounds }, 'start-up', context.subjects, (page, subject) => page.evaluate(`bench.start('${subject}')`));
}

export const show = (results, titles) => medians(results, ['loaded', 'requested', 'first'], titles);
