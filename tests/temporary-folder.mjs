// Folders of a run's own, in the system's folder for what is temporary.

import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEndOfRun } from '../scripts/end-of-run.mjs';

const ALL_OF_IT = { recursive: true, force: true, maxRetries: 5 };

/**
 * Makes an empty folder, which is gone when the run has ended, whichever way it ends.
 * @param {string} name what it is for
 * @returns {{path: string, remove: () => Promise<void>}} `remove` is for what is done with it earlier
 */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `eventsource-wasm-${name}-`));
  atEndOfRun(() => rmSync(path, ALL_OF_IT));
  return { path, remove: () => rm(path, ALL_OF_IT) };
}
