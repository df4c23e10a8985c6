// The servers that `npm run test:servers` needs beside npm packages: which programs, and where they are kept. Each is made anew when what it
// is made of has changed.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';
import { CACHE } from './tools.mjs';

const FOLDER = fileURLToPath(new URL('../tests/servers/', import.meta.url));
const PROGRAM = 'eventsource-wasm-axum-tests';

/** The path of the server in Rust (whether it is there yet or not). */
export function axumProgram() {
  return join(axumFolder(), 'bin', PROGRAM);
}

export function hasAxum() {
  return existsSync(axumProgram());
}

export async function bringAxum() {
  // One target folder for all versions, so that what it depends on is compiled once.
  const env = { CARGO_TARGET_DIR: join(CACHE, 'servers', 'target') };
  await run('cargo', ['install', '--quiet', '--debug', '--locked', '--root', axumFolder(), '--path', join(FOLDER, 'axum')], { env });
}

/** The path of the Python that has the packages of requirements.txt. */
export function pythonProgram() {
  return join(pythonFolder(), 'bin', 'python');
}

export function hasPython() {
  return existsSync(join(pythonFolder(), 'complete'));
}

export async function bringPython() {
  const folder = pythonFolder();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('python3', ['-m', 'venv', folder]);
  await run(pythonProgram(), [
    '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes', '--requirement', join(FOLDER, 'requirements.txt'),
  ]);
  await writeFile(join(folder, 'complete'), '');
}

/** Debian's packages that are missing, of those that the tests need. */
export function absentPackages() {
  const works = (program, ...args) => spawnSync(program, args).status === 0;
  return [
    ['nginx', existsSync('/usr/sbin/nginx')],
    ['openssl', works('openssl', 'version')],
    ['python3-venv', works('python3', '-c', 'import venv, ensurepip')],
  ].filter(([, isThere]) => !isThere).map(([name]) => name);
}

function axumFolder() {
  return join(CACHE, 'servers', `axum-${digest('axum/Cargo.toml', 'axum/Cargo.lock', 'axum/src/main.rs')}`);
}

function pythonFolder() {
  return join(CACHE, 'servers', `python-${digest('requirements.txt')}`);
}

function digest(...files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(FOLDER, file)));
  return hash.digest('hex').slice(0, 8);
}
