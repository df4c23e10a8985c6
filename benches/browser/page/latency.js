// How long an event takes from the server's write to the handler, and a stream to open.

import { sinceEpoch } from './clock.js';
import { untilSilence } from './silence.js';
import { open, textOf } from './subject.js';

/** To be added to `performance.now()`: found by the first run, since that takes its time. */
let offset;

/**
 * Takes events that come one by one, each with the time when it was written. Server and page are on one machine, and have its clocks.
 * @returns {Promise<number[]>} milliseconds of each event
 */
export async function delays(count, every) {
  const found = [];
  offset ??= sinceEpoch();
  let source;
  await untilSilence((alive, finish) => {
    source = open({ kind: 'ticks', every, events: count }, { type: 'message', take: (event) => {
      const now = offset + performance.now();
      alive();
      for (const [written] of textOf(event).matchAll(/\d+\.?\d*/g)) found.push(now - Number(written));
      if (found.length >= count) finish();
    } });
  });
  source.close();
  if (found.length !== count) throw new Error(`${found.length} of ${count} events`);
  return found;
}

/** Opens streams, one after the other. @returns {Promise<number[]>} milliseconds from the call until each was open */
export async function opening(count) {
  const found = [];
  for (let index = 0; index < count; index += 1) {
    let source;
    const begin = performance.now();
    const opened = await untilSilence((alive, finish) => {
      source = open({ kind: 'ticks', every: 1, events: 1 }, { type: 'message', take() {}, opened: () => finish(performance.now()) });
    });
    source.close();
    if (opened === null) throw new Error('it did not open');
    found.push(opened - begin);
  }
  return found;
}
