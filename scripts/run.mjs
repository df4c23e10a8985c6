// Runs a program, which ends with this process at the latest, and shows what it prints.

import { spawn } from 'node:child_process';
import { atEndOfRun } from './end-of-run.mjs';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{env?: Record<string, string>, cwd?: string, quiet?: boolean}} [options] `env` comes on top of this process's; `quiet`
 *   shows the output only when the program fails
 * @returns {Promise<string>} the standard output, when quiet
 * @throws {Error} when it can't be started or ends with another code than 0
 */
export function run(program, args, { env = {}, cwd, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] });
    const end = atEndOfRun(() => child.kill());
    const output = [];
    const stdout = [];
    child.stdout?.on('data', (chunk) => {
      stdout.push(chunk);
      output.push(chunk);
    });
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => reject(new Error(`${program} can't be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      end();
      if (code === 0) return resolve(Buffer.concat(stdout).toString());
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
