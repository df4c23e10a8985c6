// Runs the behaviour suite in the runtimes: node tests/runtimes.mjs [--runtime x] [--grep re] [--verbose]
// --runtime may be given more than once. The class is the package's, from a tarball in an empty folder. Expected failures, and what a
// runtime can't have, stand with their reasons in runtimes/exclusions.json.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeApp } from './packages/app.mjs';
import { differenceToReadme } from './readme.mjs';
import { RUNTIMES, launch, prepare } from './runtimes/hosts.mjs';
import { startServer } from './server.mjs';

// A run whose reports stop for this long has failed.
const SILENCE = 60_000;

// Each says which `runtime` it speaks of (one or a kind of them, several, or 'any') and which `test` (or `tests`), with the failure's
// `message` where no other is expected; or what tests need (`needs`) that is not there.
const EXCLUSIONS = JSON.parse(readFileSync(new URL('runtimes/exclusions.json', import.meta.url), 'utf8'))
  .flatMap(({ tests, ...exclusion }) => (tests ? tests.map((test) => ({ ...exclusion, test })) : [exclusion]));

const README_COLUMN = "passed / expected to fail there, or can't be there";

const { values: options } = parseArgs({
  options: { runtime: { type: 'string', multiple: true }, grep: { type: 'string' }, verbose: { type: 'boolean' } },
});
const runtimes = options.runtime ?? Object.keys(RUNTIMES);
for (const name of runtimes) if (!RUNTIMES[name]) throw new Error(`there is no runtime ${name}; there are ${Object.keys(RUNTIMES).join(', ')}`);

const runs = new Map();
const server = await startServer({ onReport: ({ id, ...report }) => runs.get(id)(report) });
const folder = await makeApp();
await prepare(folder, runtimes);
const used = new Set();
const problems = [];
const totals = { passed: 0, excluded: 0 };

// Two at once, as there are processors; they wait more than they compute.
const queue = [...runtimes];
await Promise.all([0, 1].map(async () => {
  while (queue.length) await runIn(queue.shift());
}));
await server.close();

if (!options.grep) {
  // What is of any runtime is of those that run the whole suite.
  const applies = (exclusion) => runtimes.some((name) => speaksOf(exclusion, name) && !(exclusion.runtime === 'any' && RUNTIMES[name].grep));
  for (const exclusion of EXCLUSIONS.filter((each) => !used.has(each) && applies(each))) {
    problems.push(`exclusions.json: nothing of that kind for ${JSON.stringify(exclusion)}`);
  }
}
for (const problem of problems) console.log(`  ${problem}`);
console.log(`${totals.passed} passed, ${totals.excluded} excluded, ${problems.length} failed`);
process.exit(problems.length ? 1 : 0);

/** Runs the suite in one runtime. */
async function runIn(name) {
  const begin = Date.now();
  const counts = { passed: 0, excluded: 0 };
  const wrong = [];
  const take = ({ name: test, outcome, message, ms }) => {
    if (options.verbose) console.log(`  ${name}: ${outcome} ${test} (${ms} ms) ${message}`);
    const exclusion = EXCLUSIONS.find((each) => speaksOf(each, name) && (
      outcome === 'skipped' ? message === `needs ${each.needs}` : each.test === test && (each.message ?? message) === message
    ));
    if (exclusion) used.add(exclusion);
    if (outcome === 'passed' && !exclusion) counts.passed++;
    else if (outcome !== 'passed' && exclusion) counts.excluded++;
    else wrong.push(`${name}: ${test}: ${outcome === 'passed' ? 'passes, but stands in exclusions.json' : message}`);
  };
  try {
    await collect(name, take);
  } catch (error) {
    wrong.push(`${name}: (run): ${error.message}`);
  }
  const { row } = RUNTIMES[name];
  if (row && !wrong.length && !options.grep) wrong.push(...differenceToReadme(row, README_COLUMN, 0, { passed: counts.passed, expected: counts.excluded }));
  problems.push(...wrong);
  totals.passed += counts.passed;
  totals.excluded += counts.excluded;
  const seconds = Math.round((Date.now() - begin) / 1000);
  console.log(`${name}: ${counts.passed} passed, ${counts.excluded} excluded, ${wrong.length} failed, ${seconds} s`);
}

/** Starts the runtime and gives each result that it reports to `take`, until it is done. */
async function collect(name, take) {
  const { origin, otherOrigin, controlOrigin } = server;
  const expected = EXCLUSIONS.filter((each) => each.test && speaksOf(each, name)).map(({ test }) => test).join();
  let timer;
  const reports = new Promise((resolve, reject) => {
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error(`no report for ${SILENCE / 1000} s`)), SILENCE);
    };
    runs.set(name, ({ result, done, failure }) => {
      alive();
      if (result) take(result);
      if (failure) reject(new Error(failure));
      else if (done) resolve();
    });
    alive();
  });
  const { ended, end } = await launch(name, folder, { id: name, origin, otherOrigin, controlOrigin, grep: options.grep ?? RUNTIMES[name].grep, expected });
  try {
    await Promise.race([reports, ended.then(async (how) => { throw new Error(how); })]);
  } finally {
    clearTimeout(timer);
    end();
    await ended;
  }
}

function speaksOf({ runtime }, name) {
  return runtime === 'any' || [].concat(runtime).some((each) => each === name || each === RUNTIMES[name].kind);
}
