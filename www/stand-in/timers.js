// Timers that end with a signal.

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>} rejects with the signal's reason
 */
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);

    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}

/** @param {number} ms @param {AbortSignal} signal */
export async function* every(ms, signal) {
  for (let due = performance.now() + ms; ; due += ms) {
    await sleep(Math.max(0, due - performance.now()), signal);
    yield;
  }
}
