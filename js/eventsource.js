// The WebIDL face: the class that pages see. It converts arguments as WebIDL does and keeps nothing itself: what a source
// is doing is its Source's to know.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { defineEventHandler, rename } from './event-handler.js';
import { Base, isNative } from './event-target.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import { Source, sourceOf } from './source.js';
import { resolve } from './url.js';

// Not `class`, which becomes a function in ES5, and that does not know what it is constructed for. A proxy's trap does,
// and each engine has proxies that can construct an EventTarget.
function Plain(url) {
  if (!(this instanceof Plain)) throw new TypeError("Failed to construct 'EventSource': Please use the 'new' operator.");
  connect(this, arguments);
}

export const EventSource =
  typeof Proxy !== 'function'
    ? Plain
    : new Proxy(Plain, {
        apply() {
          Plain();
        },
        construct(target, values, newTarget) {
          return connect(isNative ? Reflect.construct(Base, [], newTarget) : Object.create(newTarget.prototype), values);
        },
      });

function connect(target, values) {
  if (!values.length) throw new TypeError("Failed to construct 'EventSource': 1 argument required, but only 0 present.");
  const url = toString(values[0]);
  const withCredentials = toWithCredentials(values[1]);
  new Source(target, resolve(url), withCredentials).connect();
  return target;
}

const members = {
  get url() {
    return source(this).url;
  },
  get withCredentials() {
    return source(this).withCredentials;
  },
  get readyState() {
    return source(this).readyState;
  },
  close() {
    source(this).close();
  },
};
const prototype = Object.create(Base.prototype);
Object.keys(members).forEach((name) => {
  Object.defineProperty(prototype, name, Object.getOwnPropertyDescriptor(members, name));
});
['open', 'message', 'error'].forEach((type) => defineEventHandler(prototype, type, source));
const states = { CONNECTING, OPEN, CLOSED };
Object.keys(states).forEach((name) => {
  [Plain, prototype].forEach((owner) => Object.defineProperty(owner, name, { value: states[name], enumerable: true }));
});
Object.defineProperty(prototype, 'constructor', { value: EventSource, writable: true, configurable: true });
if (typeof Symbol === 'function' && Symbol.toStringTag) {
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true });
}
Object.defineProperty(Plain, 'prototype', { value: prototype, writable: false });
if (isNative) Object.setPrototypeOf(Plain, Base);
rename(Plain, 'EventSource');

/** The brand check of WebIDL: members work on real sources only. */
function source(object) {
  const found = sourceOf.get(object);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}

/** As WebIDL does: a symbol is a TypeError. */
function toString(value) {
  return typeof value === 'string' ? value : ''.concat(value);
}

/** Converts an `EventSourceInit` dictionary, which has this one member. */
function toWithCredentials(init) {
  if (init === undefined || init === null) return false;
  if (Object(init) !== init) {
    throw new TypeError("Failed to construct 'EventSource': The provided value is not of type 'EventSourceInit'.");
  }
  return Boolean(init.withCredentials);
}
