// How long it takes from nothing to the first event.

import { untilSilence } from './silence.js';
import { load, open } from './subject.js';

/** Loads a subject, and opens a stream that has one event at once. @returns {Promise<number>} milliseconds */
export async function start(name) {
  const begin = performance.now();
  await load(name);
  let source;
  const first = await untilSilence((alive, finish) => {
    source = open({ kind: 'ticks', every: 1, events: 1 }, { type: 'message', take: () => finish(performance.now()) });
  });
  source.close();
  if (first === null) throw new Error('no event');
  return first - begin;
}
