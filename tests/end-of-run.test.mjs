// What a run has begun is gone after it, whichever way it ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Begins a folder and a program, which has the run's standard output, and something whose end fails. Then it says that it is ready, and waits for a word. */
const RUN = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { atEndOfRun } from '../scripts/end-of-run.mjs';
import { endWithRun } from './process-group.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
const { path } = temporaryFolder('end-of-run');
writeFileSync(path + '/file', 'text');
const program = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
endWithRun(program);
atEndOfRun(() => { throw new Error('this end fails'); });
console.log(path);
await new Promise((resolve) => process.stdin.once('data', resolve));
process.stdin.destroy();
`;

/** How it goes on, and the signal that it is sent, if any; its exit code. */
const WAYS = {
  'by itself': ['program.unref();', null, 0],
  'by an exception': ["throw new Error('this run fails');", null, 1],
  'by SIGINT': ['', 'SIGINT', 130],
  'by SIGTERM': ['', 'SIGTERM', 143],
};

for (const [way, [code, signal, exitCode]] of Object.entries(WAYS)) {
  test(`folders and programs of a run that ends ${way}`, { timeout: 60_000 }, async () => {
    const run = spawn(process.execPath, ['--input-type=module', '--eval', RUN + code], {
      cwd: dirname(fileURLToPath(import.meta.url)), stdio: ['pipe', 'pipe', 'ignore'],
    });
    // Not before its standard output is closed by all who have it.
    const closed = once(run, 'close');
    const [path] = await once(createInterface(run.stdout), 'line');
    assert.ok(existsSync(path));
    if (signal) run.kill(signal);
    else run.stdin.write('go on');
    assert.deepEqual(await closed, [exitCode, null]);
    assert.equal(existsSync(path), false);
  });
}
