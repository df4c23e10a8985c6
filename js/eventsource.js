// The WebIDL face: the class that pages see. It converts arguments as WebIDL does and keeps nothing itself: what a source
// is doing is its Source's to know.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface

import { defineEventHandler } from './event-handler.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import { Source, sourceOf } from './source.js';
import { resolve } from './url.js';

export class EventSource extends EventTarget {
  constructor(url, init = undefined) {
    if (arguments.length === 0) {
      throw new TypeError("Failed to construct 'EventSource': 1 argument required, but only 0 present.");
    }
    const urlString = `${url}`;
    const withCredentials = toWithCredentials(init);
    super();
    new Source(this, resolve(urlString), withCredentials).connect();
  }

  get url() {
    return source(this).url;
  }

  get withCredentials() {
    return source(this).withCredentials;
  }

  get readyState() {
    return source(this).readyState;
  }

  close() {
    source(this).close();
  }
}

for (const type of ['open', 'message', 'error']) {
  defineEventHandler(EventSource.prototype, type, source);
}
for (const name of ['url', 'withCredentials', 'readyState', 'close']) {
  Object.defineProperty(EventSource.prototype, name, { enumerable: true });
}
for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
  for (const owner of [EventSource, EventSource.prototype]) {
    Object.defineProperty(owner, name, { value, enumerable: true });
  }
}
// Minifying takes the class's own name away.
Object.defineProperty(EventSource, 'name', { value: 'EventSource', configurable: true });
Object.defineProperty(EventSource.prototype, Symbol.toStringTag, { value: 'EventSource', configurable: true });

/** The brand check of WebIDL: members work on real sources only. */
function source(object) {
  const found = sourceOf.get(object);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}

/** Converts an `EventSourceInit` dictionary, which has this one member. */
function toWithCredentials(init) {
  if (init === undefined || init === null) return false;
  if (typeof init !== 'object' && typeof init !== 'function') {
    throw new TypeError("Failed to construct 'EventSource': The provided value is not of type 'EventSourceInit'.");
  }
  return Boolean(init.withCredentials);
}
