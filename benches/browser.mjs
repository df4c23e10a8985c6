// `npm run bench`: the builds, the browser's own EventSource and the packages that do the same, in one run, in a real browser.
//
//   npm run bench -- [MEASURE ...] [--browser chromium|firefox|webkit] [--payload NAME ...] [--subject NAME ...] [--rounds 5]
//                    [--seconds 0.5] [--save] [--goals]
//
// MEASURE    throughput, latency, start-up, idle, memory (Chromium's alone), growth, ways; throughput without any, `all` for all
// --payload  small, named, llm, multiline, big, utf8, comments, tiny or crlf (browser/page/payloads.js); may be given more than once
// --subject  limit, native, esm, script, es5 or a peer (browser/page/subjects.js); may be given more than once; all without it
// --rounds   how often each is measured; 0 checks that what arrives is right, and measures nothing
// --seconds  how long a measurement of throughput takes, about
// --save     writes the results to benches/results/BROWSER.json, where those of other measures stay, and tables of all to README.md there
// --goals    measures nothing: what the results there are to reach (goals.mjs), and whether they do
//
// Needs dist/ (`npm run build`) and Linux, whose accounts of CPU time it reads. A subject that gets other events than were sent is
// "wrong" and has no numbers. Ratios are the medians of each round's own.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { peerTitle } from '../scripts/peers.mjs';
import { launchBrowser } from './browser/browser.mjs';
import { MEASURES } from './browser/measures.mjs';
import { PAYLOADS } from './browser/page/payloads.js';
import { SUBJECTS } from './browser/page/subjects.js';
import { startServer } from './browser/serve.mjs';
import { comparison } from './browser/table.mjs';
import { checkContents } from './browser/throughput.mjs';
import { goalsTable } from './goals.mjs';
import { saveResults } from './report.mjs';
import { circumstances, readResults, resultsFile } from './results.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'string', default: 'chromium' },
    payload: { type: 'string', multiple: true },
    subject: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.5' },
    save: { type: 'boolean' },
    goals: { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
const everywhere = Object.keys(MEASURES).filter((name) => name !== 'memory' || options.browser === 'chromium');
const measures = chosen('', positionals[0] === 'all' ? everywhere : positionals, everywhere);
if (!measures.length) measures.push('throughput');
const payloads = chosen('--payload ', options.payload ?? PAYLOADS, PAYLOADS);
const subjects = chosen('--subject ', options.subject ?? Object.keys(SUBJECTS), Object.keys(SUBJECTS));
if (!existsSync(fileURLToPath(new URL('../dist/eventsource.js', import.meta.url)))) fail('dist/ is missing: run "npm run build" first');

if (options.goals) {
  const results = readResults(resultsFile(options.browser)) ?? fail(`there are no results of ${options.browser}: run with --save first`);
  showGoals(results, readResults(resultsFile('host')));
  process.exit();
}

const titles = Object.fromEntries(Object.entries(SUBJECTS).map(([name, { title, package: peer }]) => [name, peer ? peerTitle(peer) : title]));
const server = await startServer();
const browser = await launchBrowser(options.browser);
try {
  const context = { browser, origin: server.origin, subjects, payloads, rounds, seconds: Number(options.seconds), say: console.error };
  console.log(`${browser.name} ${browser.version} on ${circumstances().machine}`);
  await (rounds ? measureAll(context) : check(context));
} finally {
  await browser.quit();
  server.stop();
}

async function measureAll(context) {
  const results = { titles };
  for (const name of measures) {
    results[name] = await MEASURES[name].measure(context);
    console.log(`\n${MEASURES[name].title}\n\n${MEASURES[name].show(results[name], titles)}`);
    for (const { subject, wrong } of results[name].filter((result) => result.wrong)) console.log(`wrong: ${titles[subject] ?? subject}: ${wrong}`);
    if (options.save) await save(results);
  }
  showGoals(results, null);
}

function save(results) {
  const before = readResults(resultsFile(browser.name));
  return saveResults(browser.name, { ...before, browser: { name: browser.name, version: browser.version }, ...circumstances(), ...results });
}

function showGoals(results, host) {
  const goals = goalsTable(results, host);
  if (goals) console.log(`\nGoals\n\n${goals}`);
}

async function check(context) {
  const results = await checkContents(context);
  console.log(`\nWhat arrives:\n\n${comparison(results, null, titles)}`);
  const wrong = results.filter((result) => result.wrong);
  for (const { subject, payload, wrong: reason } of wrong) console.log(`wrong: ${titles[subject]}, ${payload}: ${reason}`);
  process.exitCode = wrong.length ? 1 : 0;
}

function chosen(option, values, all) {
  const wrong = values.find((value) => !all.includes(value));
  if (wrong !== undefined) fail(`${option}${wrong}: there is ${all.join(', ')}`);
  return [...values];
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
