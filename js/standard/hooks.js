// What the link and the loader ask for elsewhere, with the options of the Standard alone: see js/options/hooks.js.

import { makeMessageEvent } from '../message-event.js';
import { missingForFetch, transport } from '../transport.js';

/** What there is nothing of to make requests with, if so. @returns {string | false} */
export function lacking() {
  return !transport() && `${missingForFetch()}, and no XMLHttpRequest either`;
}

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
