// The second argument of the constructor, with the options of the Standard alone: see js/options/init.js.

import { notConstructed } from '../type-error.js';

/** Converts an `EventSourceInit` dictionary, which has this one member: `withCredentials`. @returns {boolean} */
export function toOptions(init) {
  if (init === undefined || init === null) return false;
  if (Object(init) !== init) {
    throw notConstructed('the second argument is not an object.');
  }
  return Boolean(init.withCredentials);
}

/** Connects the source. */
export function start(source, connect) {
  connect(source);
}
