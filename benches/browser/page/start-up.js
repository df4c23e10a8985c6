// How long it takes from nothing to the first event.

import { sinceEpoch } from './clock.js';
import { untilSilence } from './silence.js';
import { load, open, textOf } from './subject.js';

/**
 * Loads a subject, and opens a stream that has one event at once.
 * @returns {Promise<{loaded: number, requested: number, first: number}>} milliseconds until it is loaded, until the server has its
 *   request, and until the event is there
 */
export async function start(name) {
  const offset = sinceEpoch();
  const begin = performance.now();
  await load(name);
  const loaded = performance.now() - begin;
  let source;
  let written;
  const first = await untilSilence((alive, finish) => {
    source = open({ kind: 'ticks', every: 1, events: 1 }, { type: 'message', take: (event) => {
      [written] = /\d+\.?\d*/.exec(textOf(event));
      finish(performance.now() - begin);
    } });
  });
  source.close();
  if (first === null) throw new Error('no event');
  return { loaded, requested: written - offset - begin, first };
}
