// The wall clock with fractions of a millisecond, for the page and for the server (two processes, one machine).

// `Date.now()` is right but floored to a millisecond; `performance.now()` is fine but drifts from it (and stops while a laptop
// sleeps). The largest difference of the two seen lately is the least floored one, so it is added to the latter.
const TRUST_MS = 5000;
let offset = -Infinity;
let since = -Infinity;

/** @returns {number} milliseconds since the epoch */
export function now() {
  const fine = performance.now();
  const difference = Date.now() - fine;
  if (fine - since > TRUST_MS) {
    since = fine;
    offset = difference;
  } else if (difference > offset) {
    offset = difference;
  }
  return fine + offset;
}
