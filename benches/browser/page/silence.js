// Waiting for streams that may bring less than they should.

/** Milliseconds without an event after which a stream has brought all that it will. */
const SILENCE = 60_000;

/**
 * @template T
 * @param {(alive: () => void, finish: (value?: T) => void) => void} begin
 * @returns {Promise<T | null>} what `finish` got, or null when there was no `alive` for long
 */
export function untilSilence(begin) {
  return new Promise((resolve) => {
    let taken = 0;
    let seen = 0;
    const timer = setInterval(() => {
      if (taken === seen) finish(null);
      seen = taken;
    }, SILENCE);
    const finish = (value) => {
      clearInterval(timer);
      resolve(value);
    };
    begin(() => { taken += 1; }, finish);
  });
}
