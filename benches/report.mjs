// The results of the last official runs as Markdown: what is measured, and what it is to reach. It stands in benches/results/README.md,
// and on the site.

import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MEASURES } from './browser/measures.mjs';
import { goalsTable } from './goals.mjs';
import { parserTables } from './parsers.mjs';
import { readResults, resultsFile, writeResults } from './results.mjs';

const HOST = 'host';
const FOLDER = dirname(resultsFile(HOST));
const FILE = join(FOLDER, 'README.md');
const HEAD = `# The last official runs

Made by \`npm run bench -- --save\` and \`npm run bench:host -- --save\`. What the numbers depend on and where they stop stands in
[benchmarks](../../docs/benchmarks.md).`;

const asShown = (text) => `\`\`\`\n${text}\n\`\`\``;

/** Of each browser. */
export function browserResults() {
  const names = readdirSync(FOLDER).filter((file) => file.endsWith('.json')).map((file) => file.replace('.json', '')).filter((name) => name !== HOST);
  return names.sort().map((name) => readResults(resultsFile(name)));
}

/** A heading for each browser, and for each measure a table as the console shows it, and the goals; and the same of the parsers. */
export function report() {
  const ofBrowsers = browserResults().flatMap((results) => {
    const { browser, machine, date, titles } = results;
    return [
      `## ${browser.name} ${browser.version}`,
      `${machine}, ${date}`,
      ...Object.entries(MEASURES).filter(([name]) => results[name]).flatMap(([name, { title, show }]) => [
        `### ${title}`,
        asShown(show(results[name], titles)),
      ]),
      '### Goals',
      asShown(goalsTable(results, null)),
    ];
  });
  const host = readResults(resultsFile(HOST));
  const ofParsers = host && [
    '## The parser', `${host.machine}, ${host.date}, by \`npm run bench:host\``, ...parserTables(host.parsers).map(asShown),
    '### Goals of the parser', asShown(goalsTable({}, host)),
  ];
  return [...ofBrowsers, ...(ofParsers ?? [])].join('\n\n');
}

/** @param {string} name a browser, or `host` */
export async function saveResults(name, results) {
  await writeResults(resultsFile(name), results);
  await writeFile(FILE, `${HEAD}\n\n${report()}\n`);
}
