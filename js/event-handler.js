// Event handler attributes (`onopen`, `onmessage`, `onerror`).
//
// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes

import { Base } from './event-target.js';
import { createSlot } from './slot.js';

/** A page's overrides on its object hear nothing of what the browser does. */
const { addEventListener, removeEventListener } = Base.prototype;

/**
 * Defines the attribute `on<type>` on a prototype.
 * @param {object} prototype
 * @param {string} type the event type
 * @param {(object: unknown) => object} check throws a TypeError where the attribute is read or set on something else
 */
export function defineEventHandler(prototype, type, check) {
  const handlers = createSlot(`on${type}`);
  // Accessors of a literal are no constructors.
  const accessors = {
    get handler() {
      check(this);
      const handler = handlers.get(this);
      return handler ? handler.value : null;
    },
    set handler(value) {
      check(this);
      const isObject = Object(value) === value;
      const handler = handlers.get(this);
      if (handler && isObject) {
        // "Replacing" keeps the place among the listeners.
        handler.value = value;
      } else if (handler) {
        removeEventListener.call(this, type, handler.listener);
        handlers.set(this, null);
      } else if (isObject) {
        const added = makeHandler(value);
        handlers.set(this, added);
        addEventListener.call(this, type, added.listener);
      }
    },
  };
  const { get, set } = Object.getOwnPropertyDescriptor(accessors, 'handler');
  rename(get, `get on${type}`);
  rename(set, `set on${type}`);
  Object.defineProperty(prototype, `on${type}`, { get, set, enumerable: true, configurable: true });
}

/** "The event handler processing algorithm" is its listener: a function, since engines look an object's `handleEvent` up each time. */
function makeHandler(value) {
  const handler = {
    value,
    listener(event) {
      // An object that can't be called is kept, and does nothing.
      if (typeof handler.value !== 'function') return;
      if (handler.value.call(this, event) === false) event.preventDefault();
    },
  };
  return handler;
}

/** Gives a function the name that WebIDL gives it. */
export function rename(callable, name) {
  try {
    Object.defineProperty(callable, 'name', { value: name, configurable: true });
  } catch {
    // In ES5 engines the name is fixed.
  }
}
