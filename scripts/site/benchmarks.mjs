// The results of the benchmarks' last official runs, as Markdown.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { MEASURES } from '../../benches/browser/measures.mjs';
import { parserTables } from '../../benches/parsers.mjs';

const FOLDER = 'benches/results';

function results() {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')).sort() : [];
  return files.map((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')));
}

/** Of each browser. */
export function browserResults() {
  return results().filter(({ browser }) => browser);
}

const asShown = (text) => `\`\`\`\n${text}\n\`\`\``;

/** A heading for each browser, and for each measure a table as the console shows it; and the same of the parsers. */
export function benchmarkTables() {
  const ofBrowsers = browserResults().flatMap(({ browser, machine, date, titles, ...measured }) => [
    `## ${browser.name} ${browser.version}`,
    `${machine}, ${date}`,
    ...Object.entries(MEASURES).filter(([name]) => measured[name]).flatMap(([name, { title, show }]) => [
      `### ${title}`,
      asShown(show(measured[name], titles)),
    ]),
  ]);
  const ofParsers = results().filter(({ parsers }) => parsers).flatMap(({ machine, date, parsers }) => [
    '## The parser', `${machine}, ${date}, by \`npm run bench:host\``, ...parserTables(parsers).map(asShown),
  ]);
  return [...ofBrowsers, ...ofParsers].join('\n\n');
}
