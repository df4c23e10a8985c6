// Promise jobs, where there may be none; and without `await`, which ES5 takes much to say.

const settled = typeof Promise === 'function' ? Promise.resolve() : null;

/**
 * Calls `step` until it gives false, with the promise jobs that are queued by then between two calls. The first one is now.
 * @param {() => boolean} step
 */
export function withJobsBetween(step) {
  const goOn = () => {
    while (step()) {
      if (settled) {
        settled.then(goOn);
        return;
      }
    }
  };
  goOn();
}

/** Calls back after the promise jobs that are queued by now; null where there are none. */
export const soon = settled && ((callback) => {
  settled.then(callback);
});
