// The ways of making a MessageEvent, and of letting promise jobs run between two events.

import { withJobsBetween } from '/js/jobs.js';
import { makeMessageEvent } from '/js/message-event.js';

/** Longer ones are cut from a batch, as an event's data is. */
const TEXT = `${'x'.repeat(56)}-`.repeat(1000);
const LENGTH = 57;
const ORIGIN = 'http://127.0.0.1';

const [DATA, FROM, ID] = ['data', 'origin', 'lastEventId'].map(Symbol);
const NO_PORTS = Object.freeze([]);

/** Gives a prototype these getters, and makes it pass for MessageEvent's. */
function complete(prototype, getters) {
  for (const [name, get] of Object.entries(getters)) Object.defineProperty(prototype, name, { get, enumerable: true, configurable: true });
  return Object.defineProperty(prototype, 'constructor', { value: MessageEvent });
}

/** Between an event of another class and MessageEvent's prototype. */
function standIn(getters) {
  return complete(Object.create(MessageEvent.prototype), { source: () => null, ports: () => NO_PORTS, ...getters });
}

const own = {
  data() { return this[DATA]; },
  origin() { return this[FROM]; },
  lastEventId() { return this[ID]; },
};

function derive(Base) {
  return class extends Base {
    constructor(type, data, origin, id) {
      super(type);
      this[DATA] = data;
      this[FROM] = origin;
      this[ID] = id;
    }
  };
}

const DerivedMessageEvent = derive(MessageEvent);
complete(DerivedMessageEvent.prototype, own);

const DerivedEvent = derive(Event);
Object.setPrototypeOf(complete(DerivedEvent.prototype, {}), standIn(own));

const members = new WeakMap();
const inMap = standIn({
  data() { return members.get(this).data; },
  origin() { return members.get(this).origin; },
  lastEventId() { return members.get(this).id; },
});
const detail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail').get;
const inDetail = standIn({
  data() { return detail.call(this).data; },
  origin() { return detail.call(this).origin; },
  lastEventId() { return detail.call(this).id; },
});

/** @type {Record<string, (type: string, data: string, origin: string, lastEventId: string) => Event>} */
const EVENTS = {
  "this package's": makeMessageEvent,
  'MessageEvent, all members': (type, data, origin, lastEventId) => new MessageEvent(type, { data, origin, lastEventId }),
  'MessageEvent, data alone (not right)': (type, data) => new MessageEvent(type, { data }),
  'subclass of MessageEvent with getters': (type, data, origin, id) => new DerivedMessageEvent(type, data, origin, id),
  'Event, members in a WeakMap': (type, data, origin, id) => {
    const event = Object.setPrototypeOf(new Event(type), inMap);
    members.set(event, { data, origin, id });
    return event;
  },
  'CustomEvent, members in its detail': (type, data, origin, id) => Object.setPrototypeOf(new CustomEvent(type, { detail: { data, origin, id } }), inDetail),
  'subclass of Event with getters': (type, data, origin, id) => new DerivedEvent(type, data, origin, id),
  'Event, nothing else (not right)': (type) => new Event(type),
};

/** Runs `step` so often, and what the way is for between two runs. @type {Record<string, (step: () => void, count: number) => Promise<void>>} */
const TURNS = {
  'a promise job': (step, count) => new Promise((resolve) => {
    let left = count;
    withJobsBetween(() => {
      step();
      left -= 1;
      if (!left) resolve();
      return left;
    });
  }),
  'a task each, by messages to a port': (step, count) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    let left = count;
    port1.onmessage = () => {
      step();
      left -= 1;
      if (left) port2.postMessage(null);
      else resolve();
    };
    port2.postMessage(null);
  }),
  'a listener each of one message to a port': async (step, count) => {
    // As many as a batch has events.
    const batch = 256;
    const { port1, port2 } = new MessageChannel();
    port1.start();
    for (let done = 0; done < count; done += batch) {
      await new Promise((resolve) => {
        const listeners = Array.from({ length: batch }, (_, index) => () => {
          step();
          if (index === batch - 1) resolve(listeners.forEach((each) => port1.removeEventListener('message', each)));
        });
        listeners.forEach((each) => port1.addEventListener('message', each));
        port2.postMessage(null);
      });
    }
  },
};

export const ways = { events: Object.keys(EVENTS), turns: Object.keys(TURNS) };

/** Makes events and dispatches them to one listener, which takes their data. @returns {number} microseconds for each */
export function makeEvents(way, count) {
  const make = EVENTS[way];
  const target = new EventTarget();
  let characters = 0;
  target.addEventListener('message', ({ data }) => { characters += data === undefined ? LENGTH : data.length; });
  const begin = performance.now();
  for (let number = 0, at = 0; number < count; number += 1) {
    target.dispatchEvent(make('message', TEXT.slice(at, at + LENGTH), ORIGIN, ''));
    at = (at + LENGTH) % TEXT.length;
  }
  const took = performance.now() - begin;
  if (characters !== count * LENGTH) throw new Error(`${way}: ${characters} characters`);
  if (!/not right/.test(way)) check(make('message', 'a', 'b', 'c'), way);
  return (took / count) * 1000;
}

function check(event, way) {
  const { data, origin, lastEventId, source, ports } = event;
  const found = [data, origin, lastEventId, source, ports.length, event instanceof MessageEvent, event.constructor === MessageEvent, event];
  const right = ['a', 'b', 'c', null, 0, true, true, '[object MessageEvent]'];
  if (String(found) !== String(right)) throw new Error(`${way}: ${found}`);
}

/** @returns {Promise<number>} microseconds for each */
export async function takeTurns(way, count) {
  let steps = 0;
  let jobs = 0;
  const begin = performance.now();
  await TURNS[way](() => {
    if (jobs !== steps) throw new Error(`${way}: ${jobs} jobs have run after ${steps} steps`);
    steps += 1;
    Promise.resolve().then(() => { jobs += 1; });
  }, count);
  const took = performance.now() - begin;
  if (steps !== count) throw new Error(`${way}: ${steps} of ${count} steps`);
  return (took / count) * 1000;
}
