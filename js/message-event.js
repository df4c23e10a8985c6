// Making MessageEvents: the dearest part of an event's way. The engines' constructor takes several times as long for `data`,
// `origin` and `lastEventId` as for everything else, and is dearer than Event's without them. So a message is an Event with
// members of its own, behind getters of a prototype between it and MessageEvent.prototype.

import { constructible, makeEvent } from './event.js';

const MessageEventClass = constructible(() => MessageEvent);

/**
 * @param {string} type
 * @param {string} data
 * @param {string} origin
 * @param {string} lastEventId
 */
export const makeMessageEvent = MessageEventClass && typeof Symbol === 'function' ? withMembers() : create;

function withMembers() {
  const [DATA, ORIGIN, ID] = ['data', 'origin', 'lastEventId'].map(Symbol);
  const prototype = {
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
  };
  // The engine's other getters take only what its constructor has made: they give what they would for a message. In some runtimes
  // they can't be enumerated, or are no getters of the prototype.
  const plain = new MessageEventClass('message');
  Object.keys(MessageEventClass.prototype).concat('source', 'ports').forEach((name) => {
    const value = plain[name];
    const isOurs = Object.prototype.hasOwnProperty.call(prototype, name);
    if (!isOurs && typeof value !== 'function') Object.defineProperty(prototype, name, { get: () => value, enumerable: true, configurable: true });
  });
  Object.defineProperty(prototype, 'constructor', { value: MessageEventClass, writable: true, configurable: true });

  return (type, data, origin, lastEventId) => {
    const event = Object.setPrototypeOf(makeEvent(type), prototype);
    event[DATA] = data;
    event[ORIGIN] = origin;
    event[ID] = lastEventId;
    return event;
  };
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
