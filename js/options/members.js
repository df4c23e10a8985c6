// What the package's class has beyond the Standard's interface.

import { rename } from '../event-handler.js';
import { Base } from '../event-target.js';
import { sourceOf } from '../source.js';
import { Messages } from './messages.js';

const members = {
  get lastEventId() {
    return source(this).lastEventId;
  },
  get reconnectionTime() {
    return source(this).reconnectionTime;
  },
  reconnect() {
    source(this).reconnect();
  },
  messages(options) {
    return new Messages(source(this), options);
  },
  // Messages that nobody listens for need not become events.
  addEventListener(type) {
    const own = sourceOf.get(this);
    if (own && type !== 'open' && type !== 'error') own.hear();
    return Base.prototype.addEventListener.apply(this, arguments);
  },
};

/** @param {Function} EventSource the class of the Standard */
export function addMembers(EventSource) {
  const { prototype } = EventSource;
  const define = (symbol, value) => Object.defineProperty(prototype, symbol, { value, writable: true, configurable: true });
  Object.defineProperty(prototype, 'onmessage', hearing(Object.getOwnPropertyDescriptor(prototype, 'onmessage')));
  Object.keys(members).forEach((name) => Object.defineProperty(prototype, name, Object.getOwnPropertyDescriptor(members, name)));
  define(Symbol.asyncIterator, function () {
    return this.messages();
  });
  // The symbol is new: where it is missing `using` is, too.
  if (Symbol.dispose) {
    define(Symbol.dispose, function () {
      this.close();
    });
  }
  Object.defineProperty(EventSource, Symbol.for('eventsource.supports-fetch-override'), { value: true });
}

/** An event handler attribute that says that somebody listens. @param {PropertyDescriptor} descriptor */
function hearing(descriptor) {
  // Accessors of a literal are no constructors.
  const { set } = Object.getOwnPropertyDescriptor({
    set handler(value) {
      const own = sourceOf.get(this);
      if (own && value) own.hear();
      descriptor.set.call(this, value);
    },
  }, 'handler');
  rename(set, descriptor.set.name);
  return { ...descriptor, set };
}

function source(object) {
  const found = sourceOf.get(object);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}
