// The WebIDL face: the class that pages see. It converts arguments as WebIDL does and keeps nothing itself: what a source
// is doing is its Source's to know.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { check, connect } from 'eventsource-wasm:load';
import { start, toOptions } from 'eventsource-wasm:init';
import { Source } from 'eventsource-wasm:source';
import { defineEventHandler, rename } from './event-handler.js';
import { Base, isNative } from './event-target.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import { sourceOf } from './source.js';
import { notConstructed } from './type-error.js';
import { resolve } from './url.js';

// Not `class`, which becomes a function in ES5, and that does not know what it is constructed for. A proxy's trap does,
// and each engine has proxies that can construct an EventTarget.
function Plain(url) {
  if (!(this instanceof Plain)) throw notConstructed("use 'new'.");
  begin(this, arguments);
}

export const EventSource =
  typeof Proxy !== 'function'
    ? Plain
    : new Proxy(Plain, {
        apply() {
          Plain();
        },
        construct(target, values, newTarget) {
          return begin(isNative ? Reflect.construct(Base, [], newTarget) : Object.create(newTarget.prototype), values);
        },
      });

function begin(target, values) {
  if (!values.length) throw notConstructed('no URL given.');
  // As WebIDL converts it: a symbol is a TypeError.
  const url = ''.concat(values[0]);
  const options = toOptions(values[1]);
  check(options);
  start(new Source(target, resolve(url), options), connect);
  return target;
}

const prototype = {
  __proto__: Base.prototype,
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
['open', 'message', 'error'].forEach((type) => defineEventHandler(prototype, type, source));
[Plain, prototype].forEach((owner) => {
  Object.defineProperties(owner, { CONNECTING: constant(CONNECTING), OPEN: constant(OPEN), CLOSED: constant(CLOSED) });
});
Object.defineProperty(prototype, 'constructor', { value: EventSource, writable: true, configurable: true });
if (typeof Symbol === 'function' && Symbol.toStringTag) {
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true });
}
Object.defineProperty(Plain, 'prototype', { value: prototype, writable: false });
if (isNative) Object.setPrototypeOf(Plain, Base);
rename(Plain, 'EventSource');

function constant(value) {
  return { value, enumerable: true };
}

/** The brand check of WebIDL: members work on real sources only. */
function source(object) {
  const found = sourceOf.get(object);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}
