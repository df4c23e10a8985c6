// The pages of the site, in the order of its navigation, and which file each link of the sources leads to.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { browserResults, report } from '../../benches/report.mjs';
import { apiReference } from './api.mjs';

/**
 * The first is www/index.html, the others are made from Markdown.
 * @typedef {{file: string, name: string, source: string, needs?: () => boolean}} Page `needs` tells whether what its source shows is
 *   there; `name` is what the navigation calls it
 */
const ALL = [
  { file: 'index.html', name: 'Demo', source: 'www/index.html' },
  { file: 'guide.html', name: 'Guide', source: 'docs/guide.md' },
  { file: 'options.html', name: 'Options', source: 'docs/options.md' },
  { file: 'api.html', name: 'API', source: 'docs/api.md' },
  { file: 'compatibility.html', name: 'Compatibility', source: 'docs/compatibility.md' },
  { file: 'benchmarks.html', name: 'Benchmarks', source: 'docs/benchmarks.md', needs: () => browserResults().length > 0 && existsSync('www/speed.svg') },
  { file: 'migration.html', name: 'Migration', source: 'docs/migration.md' },
  { file: 'rust.html', name: 'Rust', source: 'docs/rust.md' },
  { file: 'testing.html', name: 'Testing', source: 'docs/testing.md' },
];

/** The pages whose sources are there. @returns {Page[]} */
export function pages() {
  return ALL.filter(({ source, needs }) => existsSync(source) && (!needs || needs()));
}

/** What a line `<!-- NAME -->` of a source stands for. */
const PARTS = [
  [/^README\.md: (.+)$/, (heading) => ({ markdown: sectionOf('README.md', heading), from: 'README.md', heading })],
  [/^(js\/\w+\.d\.ts)$/, (file) => ({ markdown: apiReference(readFileSync(file, 'utf8')), from: file })],
  [/^(benches\/results)$/, (folder) => ({ markdown: report(), from: folder })],
];

/**
 * A source in pieces: its own text, and what stands for its lines of the kinds above.
 * @returns {{markdown: string, from: string, heading?: string}[]} `from` is the file that the piece's links start from
 */
export function piecesOf(source) {
  const pieces = [];
  let own = [];
  for (const line of readFileSync(source, 'utf8').split('\n')) {
    const name = /^<!-- (.+) -->$/.exec(line)?.[1];
    const [pattern, part] = PARTS.find(([pattern]) => pattern.test(name)) ?? [];
    if (!part) {
      own.push(line);
      continue;
    }
    pieces.push({ markdown: own.join('\n'), from: source }, part(pattern.exec(name)[1]));
    own = [];
  }
  return [...pieces, { markdown: own.join('\n'), from: source }];
}

/** What stands under a heading, up to the next one of its level or above. */
function sectionOf(file, name) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const isFenced = fences(lines);
  const levelAt = (index) => (isFenced[index] ? 0 : /^(#+) /.exec(lines[index])?.[1].length ?? 0);
  const start = lines.findIndex((line, index) => levelAt(index) && line.replace(/^#+ /, '') === name);
  if (start < 0) throw new Error(`${file} has no heading "${name}"`);
  const length = lines.slice(start + 1).findIndex((line, index) => levelAt(start + 1 + index) && levelAt(start + 1 + index) <= levelAt(start));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** Whether each line is one of code: there `#` begins no heading. */
function fences(lines) {
  let inside = false;
  return lines.map((line) => {
    if (!line.startsWith('```')) return inside;
    inside = !inside;
    return true;
  });
}

/** As GitHub makes it from a heading's text. */
export function slug(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-');
}

/**
 * Where the links of the sources lead on the site: to the page that shows the file or README's section, else to the file in the
 * repository.
 * @param {Page[]} pages
 * @returns {(href: string, from: string) => string} throws for a link to a file that isn't there
 */
export function createLinks(pages) {
  const repository = /^repository = "(.+)"$/m.exec(readFileSync('Cargo.toml', 'utf8'))[1];
  const bySource = new Map(pages.map(({ source, file }) => [source, file]));
  const bySection = new Map();
  for (const { source, file } of pages.filter(({ source }) => source.endsWith('.md'))) {
    for (const { heading } of piecesOf(source)) if (heading) bySection.set(slug(heading), file);
  }
  return (href, from) => {
    if (/^[a-z]+:/.test(href)) return href;
    const [path, fragment = ''] = href.split('#');
    const file = path ? posix.join(posix.dirname(from), path) : from;
    if (!existsSync(file)) throw new Error(`${from}: there is no ${file}, which "${href}" leads to`);
    const hash = fragment && `#${fragment}`;
    if (file === 'README.md' && bySection.has(fragment)) return bySection.get(fragment);
    if (bySource.has(file)) return file === from ? hash : bySource.get(file) + hash;
    // Pictures come along.
    if (/^www\/[^/]+\.svg$/.test(file)) return posix.basename(file);
    return `${repository}/${statSync(file).isDirectory() ? 'tree' : 'blob'}/main/${file.replace(/\/$/, '')}${hash}`;
  };
}
