// Streams as fast as they come: whether all of it arrives, and how long that takes.

import { makePayload } from './payloads.js';
import { untilSilence } from './silence.js';
import { idOf, open, subject, typeOf } from './subject.js';
import { Tally } from './tally.js';

/**
 * Takes that many events of a payload.
 * @returns {Promise<{seconds: number, wrong: string | null}>} from the call that opens the stream, since some take nothing before
 *   much has arrived, to the last event
 */
export async function measure(payloadName, events) {
  const payload = payloadOf(payloadName);
  const run = subject.kind === 'limit' ? takeText : takeEvents;
  return run(payloadName, payload, events);
}

async function takeEvents(name, payload, events) {
  const tally = new Tally(subject.type, subject.id);
  let source;
  let last;
  const begin = performance.now();
  await untilSilence((alive, finish) => {
    source = open({ payload: name, events }, { type: payload.type, take: (event) => {
      if (tally.count === events) return;
      if (tally.count % 1024 === 0) alive();
      tally.take(event);
      if (tally.count < events) return;
      last = performance.now();
      finish();
    } });
  });
  source.close();
  const expected = new Tally('type', 'id');
  while (expected.count < events) expected.take(payload.events[expected.count % payload.events.length]);
  return { seconds: (last - begin) / 1000, wrong: tally.difference(expected) };
}

/** The limit's: it knows no events, so their characters are counted. */
async function takeText(name, payload, events) {
  const expected = payload.characters * (events / payload.events.length);
  let source;
  let last;
  const begin = performance.now();
  let characters = 0;
  await untilSilence((alive, finish) => {
    source = open({ payload: name, events }, { type: payload.type, take: (text) => {
      alive();
      characters += text.length;
      if (characters < expected) return;
      last = performance.now();
      finish();
    } });
  });
  source.close();
  return { seconds: (last - begin) / 1000, wrong: characters === expected ? null : `${characters} of ${expected} characters` };
}

/** Takes one cycle and looks at all of it. @returns {Promise<string | null>} what is wrong */
export async function check(name) {
  const payload = payloadOf(name);
  const count = payload.events.length;
  if (subject.kind === 'limit') return (await measure(name, count)).wrong;
  const taken = [];
  let source;
  await untilSilence((alive, finish) => {
    source = open({ payload: name, events: count }, { type: payload.type, take: (event) => {
      alive();
      taken.push({ type: typeOf(event), data: event.data, id: idOf(event) });
      if (taken.length === count) finish();
    } });
  });
  source.close();
  if (taken.length !== count) return `${taken.length} of ${count} events`;
  const wrong = payload.events.findIndex(({ type, data, id }, index) => taken[index].type !== type || taken[index].data !== data || taken[index].id !== id);
  return wrong < 0 ? null : `event ${wrong} is ${JSON.stringify(taken[wrong]).slice(0, 200)} and not ${JSON.stringify(payload.events[wrong]).slice(0, 200)}`;
}

/**
 * Runs a payload until its code is warm, and finds out how many events take that long.
 * @returns {Promise<number>} a number of events, whole cycles
 */
export async function calibrate(name, seconds) {
  const cycle = payloadOf(name).events.length;
  let cycles = 1;
  for (;;) {
    const { seconds: took } = await measure(name, cycles * cycle);
    const wanted = Math.max(1, Math.round((cycles * seconds) / took));
    if (took >= seconds / 4) return wanted * cycle;
    cycles = Math.min(wanted, cycles * 8);
  }
}

const payloads = {};

export function payloadOf(name) {
  payloads[name] ??= makePayload(name);
  return payloads[name];
}
