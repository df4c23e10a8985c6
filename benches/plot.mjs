// `npm run bench:plot`: draws www/speed.svg from the results of the last official run in Chromium.
//
// Events per second as times the browser's own, a panel for each payload. Readable on light and on dark ground.

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ratio } from './browser/numbers.mjs';
import { SUBJECTS } from './browser/page/subjects.js';
import { readResults, resultsFile } from './results.mjs';

const FILE = fileURLToPath(new URL('../www/speed.svg', import.meta.url));
const COLUMNS = 3;
const LABELS = 190;
const PANEL = 230;
const BAR = 130;
const ROW = 17;
const HEAD = 26;
const GAP = 14;
const TOP = 46;

const ORDER = [
  ['ours', 'DOM'], ['native', 'DOM'], ['peer', 'DOM'], ['peer', 'objects'], ['peer', 'callbacks'],
];

const source = resultsFile('chromium');
const results = readResults(source);
if (!results?.throughput) {
  console.error(`${source} has no results to draw: run "npm run bench -- --save" first.`);
  process.exit(1);
}
const { throughput, titles, browser, machine, date } = results;
const title = `Events per second in Chromium ${browser.version.split('.')[0]}, as times its own EventSource`;
const payloads = [...new Set(throughput.map(({ payload }) => payload))];
const measured = new Set(throughput.map(({ subject }) => subject));
const subjects = ORDER.flatMap(([kind, events]) => (
  Object.keys(SUBJECTS).filter((name) => measured.has(name) && SUBJECTS[name].kind === kind && SUBJECTS[name].events === events)
));

const panelHeight = HEAD + subjects.length * ROW + GAP;
const width = LABELS + COLUMNS * PANEL;
const height = TOP + Math.ceil(payloads.length / COLUMNS) * panelHeight + 24;

await writeFile(FILE, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${title}</title>
<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.head { font-weight: 600; font-size: 13px }
.small { font-size: 11px; fill: #57606a }
.ours { fill: #0969da }
.native { fill: #57606a }
.peer { fill: #afb8c1 }
.callbacks { fill: none; stroke: #afb8c1 }
line { stroke: #8c959f; stroke-dasharray: 2 3 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.small { fill: #9198a1 }
.ours { fill: #4493f8 }
.native { fill: #b1bac4 }
.peer { fill: #565d66 }
.callbacks { fill: none; stroke: #6e7681 }
}
</style>
<text class="head" x="8" y="18">${title}</text>
<text class="small" x="8" y="35">${escaped(`${machine}, ${date}. Outlined: interfaces of their own, which make no events.`)}</text>
${payloads.map(panel).join('\n')}
</svg>
`);
console.log(FILE);

function panel(payload, number) {
  const top = TOP + Math.floor(number / COLUMNS) * panelHeight;
  const left = LABELS + (number % COLUMNS) * PANEL;
  const times = subjects.map((subject) => timesNative(payload, subject));
  // The scale is that of what makes events: what makes none may go beyond it, and is cut there.
  const most = Math.max(1, ...times.filter((value, row) => Number.isFinite(value) && SUBJECTS[subjects[row]].events !== 'callbacks'));
  const rows = subjects.map((subject, row) => {
    const y = top + HEAD + row * ROW;
    const value = times[row];
    const length = Number.isFinite(value) ? Math.max(1, Math.min(value / most, 1.15) * BAR) : 0;
    const { kind, events } = SUBJECTS[subject];
    const label = number % COLUMNS === 0 ? `<text x="${LABELS - 8}" y="${y + 12}" text-anchor="end">${escaped(titles[subject].replace(/^@\w+\//, ''))}</text>` : '';
    const bar = `<rect class="${events === 'callbacks' ? events : kind}" x="${left}" y="${y + 2.5}" width="${length.toFixed(1)}" height="${ROW - 6}"/>`;
    return `${label}${bar}<text class="small" x="${(left + length + 5).toFixed(1)}" y="${y + 12}">${Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 1)} ×` : 'wrong'}</text>`;
  });
  const one = (left + BAR / most).toFixed(1);
  return [
    `<text class="head" x="${left}" y="${top + HEAD - 8}">${payload}</text>`,
    `<line x1="${one}" x2="${one}" y1="${top + HEAD}" y2="${top + HEAD + subjects.length * ROW}"/>`,
    ...rows,
  ].join('\n');
}

function timesNative(payload, subject) {
  const rates = (name) => throughput.find((result) => result.payload === payload && result.subject === name && !result.wrong)?.eventsPerSecond;
  const [own, native] = [rates(subject), rates('native')];
  return own && native ? ratio(own, native) : NaN;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
