// Runs the behaviour suite: node tests/behaviour.mjs [--browser x] [--build native|esm|script] [--context window|worker] [--grep re]
// The first three may be given more than once; without them it is every installed browser, every build, window and worker.
// --verbose prints every test. Expected failures, each with its reason, stand in behaviour/exclusions.json.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUILDS, CONTEXTS, makeRoute } from './behaviour/hosts.mjs';
import { BROWSERS, installedBrowsers, launch } from './browsers.mjs';
import { startServer } from './server.mjs';

// A run whose reports stop for this long has failed.
const SILENCE = 60_000;

const EXCLUSIONS = JSON.parse(readFileSync(new URL('behaviour/exclusions.json', import.meta.url), 'utf8'));

const several = { type: 'string', multiple: true };
const { values: options } = parseArgs({
  options: { browser: several, build: several, context: several, grep: { type: 'string' }, verbose: { type: 'boolean' } },
});
const browsers = chosen('browser', Object.keys(BROWSERS), installedBrowsers());
const builds = chosen('build', Object.keys(BUILDS));
const contexts = chosen('context', CONTEXTS);
const columns = builds.flatMap((build) => contexts.map((context) => ({ build, context })));

for (const file of new Set(builds.flatMap((build) => BUILDS[build].files))) {
  if (!existsSync(fileURLToPath(new URL(`../dist/${file}`, import.meta.url)))) {
    console.error(`dist/${file} is missing: run "npm run build" first, or choose --build native`);
    process.exit(1);
  }
}

const runs = new Map();
const server = await startServer({
  route: await makeRoute(() => server),
  onReport: ({ id, ...report }) => runs.get(id)?.(report),
});
const used = new Set();
const table = [];
const problems = [];
try {
  // The browsers run at once: the tests wait more than they compute.
  table.push(...await Promise.all(browsers.map(runBrowser)));
} finally {
  await server.close();
}
if (!options.grep) {
  for (const exclusion of EXCLUSIONS.filter((each) => !used.has(each) && applies(each))) {
    problems.push(`exclusions.json: no such test for ${JSON.stringify(exclusion)}`);
  }
}
summarize();

/** Runs every chosen build in one browser, one after the other; gives its row of the table. */
async function runBrowser(name) {
  const browser = await launch(name);
  try {
    const cells = [];
    for (const column of columns) cells.push(await runColumn(browser, column));
    return { name: `${name} ${browser.version.split('.').slice(0, 2).join('.')}`, cells };
  } finally {
    await browser.quit();
  }
}

/** Runs the suite once; gives the counts of outcomes. */
async function runColumn(browser, { build, context }) {
  const where = `${browser.name} ${build} ${context}`;
  const counts = { passed: 0, expected: 0, unexpected: 0, seconds: 0 };
  const begin = Date.now();
  const unexpected = (test, message) => {
    counts.unexpected++;
    problems.push(`${where}: ${test}: ${message}`);
    console.log(`  ${where}: ${test}: ${message}`);
  };
  const take = ({ name, outcome, message, ms }) => {
    if (options.verbose) console.log(`  ${where}: ${outcome} ${name} (${ms} ms) ${message}`);
    if (outcome === 'skipped') return;
    const exclusion = EXCLUSIONS.find((each) => each.test === name && matches(each, browser.name, build, context));
    if (exclusion) used.add(exclusion);
    if (outcome === 'failed' && !exclusion) unexpected(name, message);
    else if (outcome === 'passed' && exclusion) unexpected(name, 'passes, but stands in exclusions.json');
    else counts[outcome === 'passed' ? 'passed' : 'expected']++;
  };
  try {
    await collect(browser, build, context, take);
  } catch (error) {
    unexpected('(run)', error.message);
  }
  counts.seconds = Math.round((Date.now() - begin) / 1000);
  const { passed, expected, unexpected: wrong, seconds } = counts;
  console.log(`${where}: ${passed} passed, ${expected} expected failures, ${wrong} unexpected, ${seconds} s`);
  return counts;
}

/** Opens the page and gives each result that it reports to `take`, until it is done. */
async function collect(browser, build, context, take) {
  const id = `${browser.name}-${build}-${context}`;
  const query = new URLSearchParams({ build, id, grep: options.grep ?? '' });
  const finished = new Promise((resolve, reject) => {
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error(`no report for ${SILENCE / 1000} s`)), SILENCE);
    };
    runs.set(id, ({ result, done, failure }) => {
      alive();
      if (result) take(result);
      if (!done) return;
      clearTimeout(timer);
      if (failure) reject(new Error(failure));
      else resolve();
    });
    alive();
  });
  try {
    await Promise.all([finished, browser.driver.get(`${server.origin}/host/${context}.html?${query}`)]);
  } finally {
    runs.delete(id);
    // The next run shares nothing with this one: neither connections nor workers.
    await browser.driver.get('about:blank').catch(() => {});
  }
}

/** Whether this exclusion speaks of something that was run at all. */
function applies(exclusion) {
  return browsers.some((browser) => columns.some(({ build, context }) => matches(exclusion, browser, build, context)));
}

function matches(exclusion, browser, build, context) {
  return [[exclusion.browser, browser], [exclusion.build, build], [exclusion.context, context]]
    .every(([wanted, actual]) => wanted === 'any' || wanted === actual);
}

function summarize() {
  const heads = ['', ...columns.map(({ build, context }) => `${build}/${context}`)];
  const rows = table.map(({ name, cells }) => [name, ...cells.map((cell) => `${cell.passed}, ${cell.expected}, ${cell.unexpected}`)]);
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index].length)));
  console.log('\nPassed, expected failures, unexpected:');
  for (const row of [heads, ...rows]) console.log(row.map((text, index) => text.padEnd(widths[index])).join('   ').trimEnd());
  if (problems.length) console.log(`\n${problems.join('\n')}`);
  const passed = table.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.passed, 0);
  console.log(`behaviour: ${passed} passed, ${problems.length} failed`);
  process.exitCode = problems.length ? 1 : 0;
}

function chosen(option, all, usual = all) {
  const values = options[option] ?? usual;
  const wrong = values.find((value) => !all.includes(value));
  if (wrong === undefined) return values;
  console.error(`--${option} ${wrong}: there is ${all.join(', ')}`);
  process.exit(1);
}
