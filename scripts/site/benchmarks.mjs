// The results of the benchmarks' last official runs, as Markdown.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as growth from '../../benches/browser/growth.mjs';
import * as idle from '../../benches/browser/idle.mjs';
import * as latency from '../../benches/browser/latency.mjs';
import * as memory from '../../benches/browser/memory.mjs';
import * as parser from '../../benches/browser/parser.mjs';
import * as startUp from '../../benches/browser/start-up.mjs';
import * as throughput from '../../benches/browser/throughput.mjs';

const FOLDER = 'benches/results';
const MEASURES = { throughput, latency, 'start-up': startUp, idle, memory, growth, parser };

/** Of each browser. */
export function browserResults() {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')).sort() : [];
  return files.map((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))).filter(({ browser }) => browser);
}

/** A heading for each browser, and for each measure a table as the console shows it. */
export function benchmarkTables() {
  return browserResults().flatMap(({ browser, machine, date, titles, ...results }) => [
    `## ${browser.name} ${browser.version}`,
    `${machine}, ${date}`,
    ...Object.entries(MEASURES).filter(([name]) => results[name]).flatMap(([name, { title, show }]) => [
      `### ${title}`,
      `\`\`\`\n${show(results[name], titles)}\n\`\`\``,
    ]),
  ]).join('\n\n');
}
