// The processes that a run starts end with it, whichever way it ends.

/**
 * @param {import('node:child_process').ChildProcess} child spawned with `detached`, so that it leads a group of its own: a driver
 *   with its browser, a server with its workers
 * @returns {() => void} ends the group now
 */
export function endWithRun(child) {
  const endGroup = () => {
    process.removeListener('exit', endGroup);
    if (!child.pid) return; // It was never there, and -0 is our own group.
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', endGroup);
  exitOnSignals();
  return endGroup;
}

/** Whoever interrupts a run wants all of it ended, which happens on exit. */
function exitOnSignals() {
  for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15]]) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(128 + number));
  }
}
