// The package as its users get it: packed once, and installed into empty folders outside of the tree.

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/run.mjs';
import { temporaryFolder } from '../temporary-folder.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the tools are that the package is tested with. */
export const TOOLS = fileURLToPath(new URL('.', import.meta.url));

/** A program of theirs. */
export const tool = (name) => join(TOOLS, 'node_modules', '.bin', name);

/** @type {Promise<string> | undefined} */
let packed;

/** The path of the tarball, as `npm publish` would make it of dist/ as it is now. */
export function tarball() {
  packed ??= pack();
  return packed;
}

async function pack() {
  const { path: folder } = temporaryFolder('packed');
  const [{ filename }] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root, quiet: true }));
  return join(folder, filename);
}

/**
 * An empty folder into which the package is installed, and these files are written. It is gone when the process ends.
 * @param {Record<string, string>} [files] path -> content
 * @returns {Promise<string>}
 */
export async function makeApp(files = {}) {
  const { path: folder } = temporaryFolder('app');
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', await tarball()], { cwd: folder, quiet: true });
  await writeFiles(folder, files);
  return folder;
}

/** Packages of the tests' own, as if they were installed in the folder. */
export async function addTools(folder, names) {
  for (const name of names) await symlink(join(TOOLS, 'node_modules', name), join(folder, 'node_modules', name), 'dir');
}

/** @param {Record<string, string>} files path -> content */
export async function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
