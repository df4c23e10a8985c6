// `npm run bench`: the builds, the browser's own EventSource and the packages that do the same, in one run, in a real browser.
//
//   npm run bench -- [--browser chromium|firefox|webkit] [--payload NAME ...] [--subject NAME ...] [--rounds 5] [--seconds 0.5]
//                    [--json FILE]
//
// --payload  small, named, llm, multiline, big, utf8, comments, tiny or crlf (browser/payloads.js); may be given more than once
// --subject  limit, native, esm, script, es5 or a peer (browser/subjects.js); may be given more than once; all but es5 without it
// --rounds   how often each is measured; 0 checks that what arrives is right, and measures nothing
// --seconds  how long a measurement takes, about
// --json     writes the results there
//
// Needs dist/ (`npm run build`). A subject that gets other events than were sent is "wrong" and has no numbers.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { peerTitle } from '../scripts/peers.mjs';
import { launchBrowser } from './browser/browser.mjs';
import { PAYLOADS } from './browser/payloads.js';
import { SUBJECTS } from './browser/subjects.js';
import { comparison } from './browser/table.mjs';
import { checkContents, measureThroughput } from './browser/throughput.mjs';

const { values: options } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    payload: { type: 'string', multiple: true },
    subject: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.5' },
    json: { type: 'string' },
  },
});
const payloads = chosen('payload', PAYLOADS);
const subjects = chosen('subject', Object.keys(SUBJECTS), Object.keys(SUBJECTS).filter((name) => name !== 'es5'));
if (!existsSync(fileURLToPath(new URL('../dist/eventsource.js', import.meta.url)))) fail('dist/ is missing: run "npm run build" first');

const titles = Object.fromEntries(Object.entries(SUBJECTS).map(([name, { title, package: peer }]) => [name, peer ? peerTitle(peer) : title]));

const CHECKED = [['What arrives', null]];
const MEASURED = [
  ['Thousand events per second (ratio to native)', ({ eventsPerSecond }) => eventsPerSecond.map((rate) => rate / 1000)],
  ['MB per second (ratio to native)', ({ eventsPerSecond, bytes }) => eventsPerSecond.map((rate) => (rate * bytes) / 1e6)],
  ["CPU time of all the browser's processes, microseconds per event (ratio to native)", ({ cpuMicroseconds }) => cpuMicroseconds],
];

const server = await startServer();
const browser = await launchBrowser(options.browser);
try {
  const where = `${browser.name} ${browser.version}, ${cpus().length} x ${cpus()[0].model}`;
  console.log(where);
  const asked = { browser, origin: server.origin, subjects, payloads, rounds: Number(options.rounds), seconds: Number(options.seconds), say: console.error };
  const throughput = await (asked.rounds ? measureThroughput(asked) : checkContents(asked));
  throughput.filter(({ wrong }) => wrong).forEach(({ payload, subject, wrong }) => console.log(`wrong: ${titles[subject]}, ${payload}: ${wrong}`));
  for (const [head, values] of asked.rounds ? MEASURED : CHECKED) console.log(`\n${head}:\n${comparison(throughput, values, titles)}`);
  if (options.json) await writeFile(options.json, `${JSON.stringify({ where, date: new Date().toISOString(), titles, throughput }, null, 1)}\n`);
  // The peers' faults are theirs.
  if (throughput.some(({ subject, wrong }) => wrong && SUBJECTS[subject].kind !== 'peer')) process.exitCode = 1;
} finally {
  await browser.quit();
  server.stop();
}

async function startServer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('browser/server.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(createInterface(child.stdout), 'line');
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.stdin.end() };
}

function chosen(option, all, usual = all) {
  const values = options[option] ?? usual;
  const wrong = values.find((value) => !all.includes(value));
  if (wrong !== undefined) fail(`--${option} ${wrong}: there is ${all.join(', ')}`);
  return values;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
