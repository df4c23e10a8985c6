// What the link and the loader do otherwise where a source may have more options than the Standard's.

import { makeMessageEvent } from '../message-event.js';
import { missingForFetch } from '../transport.js';
import { chosenTransport } from './transport.js';

/** What there is nothing of to make the source's requests with, if so. @returns {string | false} */
export function lacking(options) {
  if (chosenTransport(options)) return false;
  if (options.transport === 'xhr') return 'XMLHttpRequest';
  return missingForFetch() + (options.transport === 'auto' ? ', and no XMLHttpRequest either' : '');
}

/** Calls `fetch`, the engine's or the caller's. @returns {Promise<Response>} */
export function send(link, url, init) {
  return link.send(url, init);
}

/** Tells the core that a body has ended; a `cause` is why it broke off. */
export function end(link, handle, attempt, cause) {
  if (cause) link.blame(attempt, cause);
  if (cause) handle.broke(attempt);
  else handle.ended(attempt);
}

/** Gives a message to those that iterate, and dispatches it. */
export function dispatch(source, type, data, origin, lastEventId) {
  if (source.consumers.size) source.consumers.forEach((consumer) => consumer.push({ type, data, origin, lastEventId }));
  source.dispatch(makeMessageEvent(type, data, origin, lastEventId));
}
