// The results of the benchmarks' last official runs, as Markdown.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { MEASURES } from '../../benches/browser/measures.mjs';

const FOLDER = 'benches/results';

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
