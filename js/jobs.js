// Promise jobs, for engines with promises.

const settled = Promise.resolve();

/**
 * Calls `step` until it gives false, with the promise jobs that are queued by then between two calls. The first one is now.
 * @param {() => boolean} step
 */
export async function withJobsBetween(step) {
  // Of all ways to wait for a job this is the cheapest in all engines.
  while (step()) await settled;
}

/** Calls back after the promise jobs that are queued by now. @param {() => void} callback */
export function soon(callback) {
  settled.then(callback);
}
