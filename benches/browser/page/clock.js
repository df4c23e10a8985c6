// The time of day in fractions of a millisecond, for page and server alike: `performance.timeOrigin` is up to 10 ms wrong in Firefox.

/** Of looking at the clocks, in milliseconds. */
const LOOKING = 20;

/** @returns {number} the milliseconds to add to `performance.now()` for the time since 1970. Takes as long as LOOKING. */
export function sinceEpoch() {
  const begin = performance.now();
  let offset = -Infinity;
  // `Date.now()` is the time cut to whole milliseconds: right just after one has begun, and less than right otherwise.
  while (performance.now() - begin < LOOKING) offset = Math.max(offset, Date.now() - performance.now());
  return offset;
}
