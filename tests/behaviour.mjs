// Runs the behaviour suite: node tests/behaviour.mjs [--browser x] [--build x] [--context window|worker] [--grep re]
// The first three may be given more than once; without them it is every installed browser and stand-in, the builds that are meant
// for each (USUAL_BUILDS), window and worker. With both --browser and --build it is those builds in those browsers, meant for them or not.
// --verbose prints every test. Expected failures, each with its reason, stand in behaviour/exclusions.json and legacy/exclusions.json.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BUILDS, CONTEXTS, makeRoute } from './behaviour/hosts.mjs';
import { BROWSERS, installedBrowsers, launch } from './browsers.mjs';
import { differenceToReadme } from './readme.mjs';
import { startServer } from './server.mjs';
import { STAND_INS, installedStandIns, launchStandIn } from './stand-ins.mjs';

// A run whose reports stop for this long has failed.
const SILENCE = 60_000;

const EVERYWHERE = ['native', 'esm', 'script'];
const USUAL_BUILDS = {
  chromium: [...EVERYWHERE, 'options', 'script-no-wasm'],
  firefox: EVERYWHERE,
  webkit: EVERYWHERE,
  'chromium-64': ['script-edge'],
  'chromium-67': ['script-edge'],
  'chromium-72': ['script-edge'],
  phantomjs: ['script-ie'],
};

// Where README's tables of compatibility have the counts: the builds' columns and the browsers' rows.
const README_COLUMNS = { native: "the browser's own", esm: 'ES module', script: 'script tag', 'script-no-wasm': 'script tag', 'script-edge': 'script tag', 'script-ie': 'script tag' };
const README_ROWS = {
  chromium: 'Chromium 156',
  firefox: 'Firefox 153 ESR',
  webkit: 'WebKitGTK 2.50',
  'chromium-64': 'Chromium 64, without what Edge lacks',
  'chromium-67': 'Chromium 67, without what Edge lacks',
  'chromium-72': 'Chromium 72, without what Edge lacks',
  phantomjs: 'PhantomJS 2.1, without what IE lacks',
};

// Each says which `build`, `browser` and `context` it speaks of (one, several, or 'any') and which `test` (or `tests`); what depends
// on how bytes arrive, or on the browser's whims, `sometimes` passes, and is counted with what is expected to fail all the same.
const EXCLUSIONS = ['behaviour', 'legacy']
  .flatMap((folder) => JSON.parse(readFileSync(new URL(`${folder}/exclusions.json`, import.meta.url), 'utf8')))
  .flatMap(({ tests, ...exclusion }) => (tests ? tests.map((test) => ({ ...exclusion, test })) : [exclusion]));

const several = { type: 'string', multiple: true };
const { values: options } = parseArgs({
  options: { browser: several, build: several, context: several, grep: { type: 'string' }, verbose: { type: 'boolean' } },
});
const contexts = chosen('context', CONTEXTS);
const wantedBuilds = chosen('build', Object.keys(BUILDS));
const buildsOf = (browser) => (
  options.browser && options.build ? wantedBuilds : wantedBuilds.filter((build) => USUAL_BUILDS[browser].includes(build))
);
const browsers = chosen('browser', Object.keys(USUAL_BUILDS), [...installedBrowsers(), ...installedStandIns()])
  .filter((browser) => buildsOf(browser).length);
const builds = wantedBuilds.filter((build) => browsers.some((browser) => buildsOf(browser).includes(build)));
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
  // Browsers run at once, since the tests wait more than they compute; but not all of them.
  for (const group of [Object.keys(BROWSERS), Object.keys(STAND_INS)]) {
    table.push(...await Promise.all(group.filter((name) => browsers.includes(name)).map(runBrowser)));
  }
} finally {
  await server.close();
}
if (!options.grep) {
  for (const exclusion of EXCLUSIONS.filter((each) => !used.has(each) && applies(each))) {
    problems.push(`exclusions.json: no such test for ${JSON.stringify(exclusion)}`);
  }
}
summarize();

/** Runs its chosen builds in one browser, one after the other; gives its row of the table. */
async function runBrowser(name) {
  const browser = await start(name);
  try {
    const cells = [];
    for (const column of columns) cells.push(buildsOf(name).includes(column.build) ? await runColumn(browser, column) : null);
    return { name: `${name} ${browser.version.split('.').slice(0, 2).join('.')}`, cells };
  } finally {
    await browser.quit();
  }
}

/** A browser or a stand-in, by the same few members. */
async function start(name) {
  if (STAND_INS[name]) {
    const { language, atOnce } = STAND_INS[name];
    return { ...await launchStandIn(name), language, atOnce };
  }
  const { version, driver, quit } = await launch(name);
  return { name, version, language: 'es2020', open: (url) => driver.get(url), quit };
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
    else if (outcome === 'passed' && exclusion && !exclusion.sometimes) unexpected(name, 'passes, but stands in exclusions.json');
    else counts[exclusion ? 'expected' : 'passed']++;
  };
  try {
    await collect(browser, build, context, take);
  } catch (error) {
    unexpected('(run)', error.message);
  }
  counts.seconds = Math.round((Date.now() - begin) / 1000);
  const { passed, expected, unexpected: wrong, seconds } = counts;
  console.log(`${where}: ${passed} passed, ${expected} expected failures, ${wrong} unexpected, ${seconds} s`);
  const column = USUAL_BUILDS[browser.name].includes(build) && README_COLUMNS[build];
  if (column && !wrong && !options.grep) {
    const row = build === 'script-no-wasm' ? `${README_ROWS[browser.name]}, WebAssembly forbidden by a policy` : README_ROWS[browser.name];
    problems.push(...differenceToReadme(row, column, CONTEXTS.indexOf(context), { passed, expected }));
  }
  return counts;
}

/** Opens the page and gives each result that it reports to `take`, until it is done. */
async function collect(browser, build, context, take) {
  const id = `${browser.name}-${build}-${context}`;
  const expected = EXCLUSIONS.filter((each) => matches(each, browser.name, build, context)).map(({ test }) => test).join();
  const query = new URLSearchParams({ build, id, language: browser.language, grep: options.grep ?? '', expected, atOnce: browser.atOnce ?? '' });
  let timer;
  const finished = new Promise((resolve, reject) => {
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error(`no report for ${SILENCE / 1000} s`)), SILENCE);
    };
    runs.set(id, ({ result, done, failure }) => {
      alive();
      if (result) take(result);
      if (!done) return;
      if (failure) reject(new Error(failure));
      else resolve();
    });
    alive();
  });
  try {
    const lost = browser.ended?.then((error) => { throw error; });
    await Promise.race([Promise.all([finished, browser.open(`${server.origin}/host/${context}.html?${query}`)]), ...(lost ? [lost] : [])]);
  } finally {
    clearTimeout(timer);
    runs.delete(id);
    // The next run shares nothing with this one: neither connections nor workers.
    await browser.open('about:blank').catch(() => {});
  }
}

/** Whether this exclusion speaks of something that was run at all. */
function applies(exclusion) {
  return browsers.some((browser) => columns.some(({ build, context }) => (
    buildsOf(browser).includes(build) && matches(exclusion, browser, build, context)
  )));
}

function matches(exclusion, browser, build, context) {
  return [[exclusion.browser, browser], [exclusion.build, build], [exclusion.context, context]]
    .every(([wanted, actual]) => wanted === 'any' || [].concat(wanted).includes(actual));
}

function summarize() {
  const heads = ['', ...columns.map(({ build, context }) => `${build}/${context}`)];
  const rows = table.map(({ name, cells }) => [name, ...cells.map((cell) => (cell ? `${cell.passed}, ${cell.expected}, ${cell.unexpected}` : '-'))]);
  const widths = heads.map((head, index) => Math.max(head.length, ...rows.map((row) => row[index].length)));
  console.log('\nPassed, expected failures, unexpected:');
  for (const row of [heads, ...rows]) console.log(row.map((text, index) => text.padEnd(widths[index])).join('   ').trimEnd());
  if (problems.length) console.log(`\n${problems.join('\n')}`);
  const passed = table.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + (cell?.passed ?? 0), 0);
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
