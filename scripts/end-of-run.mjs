// What a run has begun ends with it, whichever way it ends (but by SIGKILL).

/** @type {(() => void)[]} */
const ends = [];

/**
 * @param {() => void} end what was begun last is ended first: a program before the folder that it writes into
 * @returns {() => void} ends it now, and not again
 */
export function atEndOfRun(end) {
  const once = () => {
    const index = ends.indexOf(once);
    if (index < 0) return;
    ends.splice(index, 1);
    end();
  };
  ends.push(once);
  exitOnSignals();
  return once;
}

process.once('exit', () => {
  while (ends.length) {
    try {
      ends.at(-1)();
    } catch (error) {
      // The others have to end, too.
      console.error(error);
    }
  }
});

/** Whoever interrupts a run wants all of it ended, which happens on exit. */
function exitOnSignals() {
  for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15]]) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(128 + number));
  }
}
