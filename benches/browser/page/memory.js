// Streams that stay open, so that what they keep can be looked at.

import { NUMBERED, numbered } from './payloads.js';
import { untilSilence } from './silence.js';
import { open, subject } from './subject.js';

const held = [];
let kept = [];

/**
 * Takes that many events, each different, and leaves the stream open.
 * @param {number} [every] keeps each so many-th event's data
 */
export async function hold(events, every = Infinity) {
  const limit = subject.kind === 'limit';
  const wanted = limit ? NUMBERED * events : events;
  let taken = 0;
  await untilSilence((alive, finish) => {
    held.push(open({ kind: 'unique', events }, { type: 'message', take: (event) => {
      taken += limit ? event.length : 1;
      if (!limit && taken % every === 0) kept.push(event.data);
      if (taken % 1024 === 0 || limit) alive();
      if (taken === wanted) finish();
    } }));
  });
  if (taken !== wanted) throw new Error(`${taken} of ${wanted} events`);
  const wrong = kept.findIndex((data, index) => data !== numbered((index + 1) * every - 1));
  if (wrong >= 0) throw new Error(`kept data ${wrong} is ${kept[wrong]}`);
}

/** Opens streams that bring a comment each so many milliseconds. */
export function holdIdle(streams, every) {
  for (let index = 0; index < streams; index += 1) held.push(open({ kind: 'heartbeats', every }, { type: 'message', take() {} }));
}

/** Takes one event of that size and leaves the stream open. */
export async function holdHuge(bytes) {
  const length = await untilSilence((alive, finish) => {
    held.push(open({ kind: 'single', bytes, write: 64 * 1024 }, { type: 'message', take: ({ data }) => {
      if (data.length > 1) finish(data.length);
    } }));
  });
  if (length !== bytes) throw new Error(`${length} of ${bytes} bytes`);
}

/** Closes all. */
export function release() {
  held.splice(0).forEach((source) => source.close());
  kept = [];
}
