// Promises of what a page may have replaced.

import * as turn from './turn.js';

/** Takes a promise's end. Pages replace `fetch`, so what begins it may give anything, or throw. */
export function settle(begin, fulfilled, rejected) {
  try {
    Promise.resolve(begin()).then(fulfilled, rejected);
  } catch (error) {
    turn.soon(() => rejected(error));
  }
}
