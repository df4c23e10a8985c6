// The results of runs, kept in benches/results/: what README, www and the goals speak of.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file of the last official run. @param {string} name a browser, or `host` */
export function resultsFile(name) {
  return fileURLToPath(new URL(`results/${name}.json`, import.meta.url));
}

/** @param {string} file @returns {object | null} */
export function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Writes them in four digits, a line for each entry, so that two runs can be compared. */
export async function writeResults(file, results) {
  const plain = (value) => JSON.stringify(value, (_, member) => (typeof member === 'number' && !Number.isInteger(member) ? Number(member.toPrecision(4)) : member));
  const lines = Object.entries(results).map(([name, value]) => (
    `${JSON.stringify(name)}: ${Array.isArray(value) ? `[\n  ${value.map(plain).join(',\n  ')}\n ]` : plain(value)}`
  ));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `{\n ${lines.join(',\n ')}\n}\n`);
}

/** Where and when. */
export function circumstances() {
  return { machine: `${cpus().length} x ${cpus()[0].model}`, date: new Date().toISOString().slice(0, 10) };
}
