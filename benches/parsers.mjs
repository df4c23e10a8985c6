// The results of the parsers' bench (host.mjs) as tables.

import { short } from './browser/numbers.mjs';
import { PAYLOADS } from './browser/page/payloads.js';
import { table } from './browser/table.mjs';

/**
 * @param {{parser: string, payload: string, chunk: number, megabytesPerSecond: number}[]} parsers
 * @returns {string[]} a table for each size of chunk, the largest first
 */
export function parserTables(parsers) {
  const unique = (values) => [...new Set(values)];
  return unique(parsers.map(({ chunk }) => chunk)).sort((a, b) => b - a).map((chunk) => {
    const all = parsers.filter((result) => result.chunk === chunk);
    const rows = unique(all.map(({ parser }) => parser)).map((parser) => [parser, ...PAYLOADS.map((payload) => {
      const result = all.find((each) => each.parser === parser && each.payload === payload);
      return result ? short(result.megabytesPerSecond) : '-';
    })]);
    return table([`MB/s, chunks of ${chunk} bytes`, ...PAYLOADS], rows);
  });
}
