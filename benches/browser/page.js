// The page that is measured: loads one subject, opens streams with it, and says what came. The runner calls `bench.*`.

import { makePayload } from './payloads.js';
import { SUBJECTS } from './subjects.js';
import { Tally } from './tally.js';

/** Milliseconds without an event after which a stream has brought all that it will. */
const SILENCE = 10_000;

let subject;
let exports;

/** Loads a subject. @param {string} name one of SUBJECTS */
async function load(name) {
  subject = SUBJECTS[name];
  if (subject.module) exports = await import(subject.module);
  if (subject.script) {
    delete self.EventSource;
    await loadScript(subject.script);
  }
  if (subject.package) {
    await loadScript(`/peers/${subject.package}.js`);
    exports = self.peer;
  }
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src, onload: resolve, onerror: () => reject(new Error(`${src} can't be loaded`)) });
    document.head.append(script);
  });
}

/** Opens a stream. @param {string} query of the server's /stream @param {string} type of its events */
function open(query, type, take) {
  return subject.open(new URL(`/stream?${new URLSearchParams(query)}`, location.href).href, type, take, exports);
}

/** Calls `begin(take, finish)`, and gives what `finish` got; or null when nothing was taken for long. */
function untilSilence(begin) {
  return new Promise((resolve) => {
    let taken = 0;
    let seen = 0;
    const timer = setInterval(() => {
      if (taken === seen) finish(null);
      seen = taken;
    }, SILENCE);
    const finish = (value) => {
      clearInterval(timer);
      resolve(value);
    };
    begin(() => { taken += 1; }, finish);
  });
}

/**
 * Takes that many events of a payload.
 * @returns {Promise<{seconds: number, wrong: string | null}>} from the call that opens the stream, since some take nothing before
 *   much has arrived, to the last event
 */
async function measure(payloadName, events) {
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
    source = open({ payload: name, events }, payload.type, (event) => {
      if (tally.count === events) return;
      if (tally.count % 1024 === 0) alive();
      tally.take(event);
      if (tally.count < events) return;
      last = performance.now();
      finish();
    });
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
    source = open({ payload: name, events }, payload.type, (text) => {
      alive();
      characters += text.length;
      if (characters < expected) return;
      last = performance.now();
      finish();
    });
  });
  source.close();
  return { seconds: (last - begin) / 1000, wrong: characters === expected ? null : `${characters} of ${expected} characters` };
}

/** Takes one cycle and looks at all of it. @returns {Promise<string | null>} what is wrong */
async function check(name) {
  const payload = payloadOf(name);
  const count = payload.events.length;
  if (subject.kind === 'limit') return (await measure(name, count)).wrong;
  const { type: typeName = 'type', id: idName = 'lastEventId' } = subject;
  const taken = [];
  let source;
  await untilSilence((alive, finish) => {
    source = open({ payload: name, events: count }, payload.type, (event) => {
      alive();
      taken.push({ type: event[typeName] || 'message', data: event.data, id: event[idName] || '' });
      if (taken.length === count) finish();
    });
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
async function calibrate(name, seconds) {
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

function payloadOf(name) {
  payloads[name] ??= makePayload(name);
  return payloads[name];
}

self.bench = { load, check, calibrate, measure };
