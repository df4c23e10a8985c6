// What README shows and says: its examples, and what it says of the runs of the behaviour suite beside what a run has counted.

import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const lines = readme.split('\n');
const cellsOf = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim());

/**
 * @param {string} row the first cell of a row, in whichever of README's tables
 * @param {string} column the head of that table's column
 * @param {number} run which of the runs that the cell speaks of, from 0
 * @param {{passed: number, expected: number}} counts
 * @returns {string[]} what is to be said when README says something else
 */
export function differenceToReadme(row, column, run, { passed, expected }) {
  const at = lines.findIndex((line) => line.startsWith(`| ${row} |`));
  const head = lines.slice(0, Math.max(at, 0)).findLastIndex((line) => line.startsWith('|---')) - 1;
  const cell = cellsOf(lines[at] ?? '')[cellsOf(lines[head] ?? '').indexOf(column)];
  const said = cell?.match(/\d+ \/ \d+/g)?.[run];
  const counted = `${passed} / ${expected}`;
  return said === counted ? [] : [`README.md: ${row}, ${column}: ${said ?? 'nothing'} in run ${run + 1} of its row, ${counted} were counted`];
}

/**
 * @param {string} language what stands behind the fence
 * @param {string} text a part of the code
 * @returns {string} the first example with that text
 */
export function example(language, text) {
  const blocks = Array.from(readme.matchAll(/^```(\w+)\n([^]*?)^```/gm)).filter((block) => block[1] === language);
  const found = blocks.find(([, , code]) => code.includes(text));
  if (!found) throw new Error(`README.md has no example in ${language} with ${text}`);
  return found[2];
}
