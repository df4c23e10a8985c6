// What EventSource inherits from: the engine's EventTarget where that can be constructed, and one of our own in Edge 16-18,
// IE 11 and their time; and in workerd, whose EventTarget calls what `on<type>` says by itself, beside the listeners, and with
// another `this`.
//
// https://dom.spec.whatwg.org/#interface-eventtarget

import { dispatch } from './legacy/dispatch.js';
import { createSlot } from './slot.js';

const Native = typeof EventTarget === 'undefined' ? null : EventTarget;

export const isNative = !WORKERD && isConstructible();
export const Base = isNative ? Native : OwnEventTarget;

/** @typedef {{type: string, callback: Function | object, capture: boolean, once: boolean, passive: boolean, removed: boolean}} Listener */

/** A target -> its listeners, a new list at each change: who is dispatching goes on with the list it has. */
const listenersOf = createSlot('listeners');

function isConstructible() {
  try {
    return Boolean(new Native());
  } catch {
    return false;
  }
}

function OwnEventTarget() {}

// Where there is an EventTarget, a source is an instance of it.
if (!isNative && Native) OwnEventTarget.prototype = Object.create(Native.prototype);

const members = {
  addEventListener(type, callback) {
    checkArguments(arguments, callback);
    const options = arguments[2];
    const settings = Object(options) === options ? options : {};
    const { signal } = settings;
    if (!callback || (signal && signal.aborted)) return;
    const listener = {
      type: String(type),
      callback,
      capture: toCapture(options),
      once: Boolean(settings.once),
      passive: Boolean(settings.passive),
      removed: false,
    };
    const listeners = listenersOf.get(this) || [];
    if (find(listeners, listener)) return;
    listenersOf.set(this, listeners.concat(listener));
    if (signal) signal.addEventListener('abort', () => remove(this, listener));
  },

  removeEventListener(type, callback) {
    checkArguments(arguments, callback);
    const wanted = { type: String(type), callback, capture: toCapture(arguments[2]) };
    remove(this, find(listenersOf.get(this) || [], wanted));
  },

  dispatchEvent(event) {
    return dispatch(this, event, listenersOf.get(this) || [], (listener) => remove(this, listener));
  },
};

Object.keys(members).forEach((name) => {
  OwnEventTarget.prototype[name] = members[name];
});

function find(listeners, { type, callback, capture }) {
  return listeners.filter((each) => each.type === type && each.callback === callback && each.capture === capture)[0];
}

function remove(target, listener) {
  if (!listener) return;
  listener.removed = true;
  listenersOf.set(target, listenersOf.get(target).filter((each) => each !== listener));
}

function toCapture(options) {
  return Boolean(Object(options) === options ? options.capture : options);
}

function checkArguments(values, callback) {
  const isListener = callback === undefined || callback === null || Object(callback) === callback;
  if (values.length < 2 || !isListener) throw new TypeError('Not a listener.');
}
