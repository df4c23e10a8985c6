// Making MessageEvents: the dearest part of an event's way. The engines' constructor takes several times as long for `data`,
// `origin` and `lastEventId` as for everything else, and is dearer than Event's without them. So a message is an Event with
// members of its own, behind getters of a prototype between it and MessageEvent.prototype.

import { constructible, makeEvent } from './event.js';

/** UTF-16 units of data and last event ID: longer ones are copied too slowly. */
const LONGEST_REASON = 400;

const MessageEventClass = constructible(() => MessageEvent);

/** In Gecko, which alone has this class of errors. */
const CloseEventClass = typeof InternalError === 'function' ? constructible(() => CloseEvent) : null;

/**
 * @param {string} type
 * @param {string} data
 * @param {string} origin
 * @param {string} lastEventId
 */
export const makeMessageEvent = choose();

function choose() {
  if (!MessageEventClass || typeof Symbol !== 'function') return create;
  const makeWithMembers = withMembers();
  const reason = reasonGetter();
  return reason ? withReason(reason, makeWithMembers) : makeWithMembers;
}

/** Nothing where the page has changed the class. */
function reasonGetter() {
  try {
    const { get } = Object.getOwnPropertyDescriptor(CloseEventClass.prototype, 'reason');
    return get.call(new CloseEventClass('x', { reason: 'y' })) === 'y' && get;
  } catch {
    return null;
  }
}

function withMembers() {
  const [DATA, ORIGIN, ID] = ['data', 'origin', 'lastEventId'].map(Symbol);
  const prototype = complete({
    __proto__: MessageEventClass.prototype,
    get data() {
      return this[DATA];
    },
    get origin() {
      return this[ORIGIN];
    },
    get lastEventId() {
      return this[ID];
    },
  });
  return (type, data, origin, lastEventId) => {
    const event = Object.setPrototypeOf(makeEvent(type), prototype);
    event[DATA] = data;
    event[ORIGIN] = origin;
    event[ID] = lastEventId;
    return event;
  };
}

/**
 * In Gecko the first member of its own makes an event dearer than all else does. There the members are one text that the engine
 * keeps: the reason of a CloseEvent, the only class with a text and nothing else in windows and workers. Neither origin nor ID has line ends.
 */
function withReason(reason, makeWithMembers) {
  const line = (event, number) => reason.call(event).split('\n')[number];
  const prototype = complete({
    __proto__: MessageEventClass.prototype,
    get data() {
      const text = reason.call(this);
      return text.slice(text.indexOf('\n', text.indexOf('\n') + 1) + 1);
    },
    get origin() {
      return line(this, 0);
    },
    get lastEventId() {
      return line(this, 1);
    },
  });
  return (type, data, origin, lastEventId) => {
    if (data.length + lastEventId.length > LONGEST_REASON) return makeWithMembers(type, data, origin, lastEventId);
    return Object.setPrototypeOf(new CloseEventClass(type, { reason: `${origin}\n${lastEventId}\n${data}` }), prototype);
  };
}

/** Gives a prototype what it lacks to stand for MessageEvent's. */
function complete(prototype) {
  // The engine's other getters take only what its constructor has made: they give what they would for a message. In some runtimes
  // they can't be enumerated, or are no getters of the prototype.
  const plain = new MessageEventClass('message');
  Object.keys(MessageEventClass.prototype).concat('source', 'ports').forEach((name) => {
    const value = plain[name];
    const isOurs = Object.prototype.hasOwnProperty.call(prototype, name);
    if (!isOurs && typeof value !== 'function') Object.defineProperty(prototype, name, { get: () => value, enumerable: true, configurable: true });
  });
  return Object.defineProperty(prototype, 'constructor', { value: MessageEventClass, writable: true, configurable: true });
}

/** ES5 engines, of which not each takes all members; and edge runtimes, which have no MessageEvent. */
function create(type, data, origin, lastEventId) {
  const members = { data, origin, lastEventId };
  let event;
  if (MessageEventClass) {
    event = new MessageEventClass(type, members);
  } else if (typeof document === 'object') {
    event = document.createEvent('MessageEvent');
    event.initMessageEvent(type, false, false, data, origin, lastEventId, null);
  } else {
    event = makeEvent(type);
  }
  Object.keys(members).forEach((name) => {
    if (event[name] !== members[name]) Object.defineProperty(event, name, { value: members[name] });
  });
  return event;
}
