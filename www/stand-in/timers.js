// The timers of a stream that is read piece by piece: it stops where it is when nobody asks for the next one.

/** @param {number} ms @returns {Promise<void>} */
export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param {number} ms */
export async function* every(ms) {
  for (let due = performance.now() + ms; ; due += ms) {
    await sleep(Math.max(0, due - performance.now()));
    yield;
  }
}
