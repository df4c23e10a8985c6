// Tables on the console.

import { median, ratio, short } from './numbers.mjs';

/** @param {string[]} heads @param {string[][]} rows the first column is text */
export function table(heads, rows) {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => cells.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/**
 * Subjects by what was measured of them: the medians of the rounds.
 * @param {{subject: string, wrong: string | null, values: Record<string, number>[]}[]} results
 * @param {string[]} members of a value
 * @param {Record<string, string>} titles of the subjects
 */
export function medians(results, members, titles) {
  return table(['', ...members], results.map(({ subject, wrong, values }) => [
    titles[subject], ...members.map((member) => (wrong ? 'wrong' : short(median(values.map((value) => value[member]))))),
  ]));
}

/**
 * Subjects by payloads: the median of the rounds, and its ratio to the native one in the same rounds.
 * @param {import('./throughput.mjs').Throughput[]} results
 * @param {(result: object) => number[]} values of the rounds; without it only whether what arrived is right
 * @param {Record<string, string>} titles of the subjects
 */
export function comparison(results, values, titles) {
  const payloads = [...new Set(results.map(({ payload }) => payload))];
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  const find = (payload, subject) => results.find((result) => result.payload === payload && result.subject === subject);
  const cell = (payload, subject) => {
    const result = find(payload, subject);
    const native = find(payload, 'native');
    if (result.wrong) return 'wrong';
    if (!values) return 'right';
    const beside = native && !native.wrong ? ` (${ratio(values(result), values(native)).toFixed(2)})` : '';
    return `${short(median(values(result)))}${beside}`;
  };
  return table(['', ...payloads], subjects.map((subject) => [titles[subject], ...payloads.map((payload) => cell(payload, subject))]));
}
