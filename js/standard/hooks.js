// What the link asks for elsewhere, with the options of the Standard alone: see js/options/hooks.js.

import { makeMessageEvent } from '../message-event.js';

/** Calls `fetch`. */
export function send(link, url, init) {
  return fetch(url, init);
}

/** Tells the core that a body has ended, or has broken off. */
export function end(link, handle, attempt, cause) {
  handle.ended(attempt);
}

/** Dispatches a message. */
export function dispatch(source, type, data, origin, lastEventId) {
  source.dispatch(makeMessageEvent(type, data, origin, lastEventId));
}
