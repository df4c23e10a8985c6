// The processes that a run starts end with it.

import { atEndOfRun } from '../scripts/end-of-run.mjs';

/**
 * @param {import('node:child_process').ChildProcess} child spawned with `detached`, so that it leads a group of its own: a driver
 *   with its browser, a server with its workers
 * @returns {() => void} ends the group now
 */
export function endWithRun(child) {
  return atEndOfRun(() => {
    if (!child.pid) return; // It was never there, and -0 is our own group.
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  });
}
