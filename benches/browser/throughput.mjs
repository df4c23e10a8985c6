// Events per second from the server to the handler, and what each costs the browser in CPU time.

import { cpuTimes, secondsBetween } from './processes.mjs';
import { makePayload } from './page/payloads.js';
import { turned } from './rounds.mjs';
import { comparison } from './table.mjs';

export const title = 'From the server to the handler';

/**
 * Has each subject take each payload once, and looks at all that it gets.
 * @returns {Promise<{payload: string, subject: string, wrong: string | null}[]>}
 */
export async function checkContents({ browser, origin, subjects, payloads }) {
  const results = [];
  for (const subject of subjects) {
    const page = await browser.open(`${origin}/page`);
    await page.evaluate(`bench.load('${subject}')`);
    for (const payload of payloads) results.push({ payload, subject, wrong: await page.evaluate(`bench.check('${payload}')`) });
    await page.close();
  }
  return results;
}

/**
 * Measures each subject with each payload, in rounds: each round has all of them, so that what the machine does meanwhile
 * hits all alike.
 * @param {import('./rounds.mjs').Context} context
 * @returns {Promise<Throughput[]>}
 *
 * @typedef {object} Throughput
 * @property {string} payload
 * @property {string} subject
 * @property {string | null} wrong what arrived otherwise than it was sent: then there is nothing else
 * @property {number} events of the last round's measurement
 * @property {number} bytes of an event in the stream
 * @property {number[]} eventsPerSecond of each round
 * @property {number[]} cpuMicroseconds of each round: CPU time of all the browser's processes for an event
 */
export async function measure({ browser, origin, subjects, payloads, rounds, seconds, say }) {
  const cells = payloads.flatMap((payload) => subjects.map((subject) => begun(payload, subject)));
  for (let round = 0; round < rounds; round += 1) {
    for (const cell of turned(cells, round).filter(({ wrong }) => !wrong)) {
      const page = await browser.open(`${origin}/page`);
      try {
        await page.evaluate(`bench.load('${cell.subject}')`);
        if (round === 0) cell.wrong = await page.evaluate(`bench.check('${cell.payload}')`);
        if (!cell.wrong) await measureOnce(browser, page, cell, seconds);
      } finally {
        await page.close();
      }
    }
    say(`throughput: round ${round + 1} of ${rounds}`);
  }
  return cells;
}

function begun(payload, subject) {
  const { events, bytes } = makePayload(payload);
  return { payload, subject, wrong: null, events: 0, bytes: bytes.length / events.length, eventsPerSecond: [], cpuMicroseconds: [] };
}

async function measureOnce(browser, page, cell, seconds) {
  // A round that was disturbed must not make the others short.
  cell.events = Math.max(cell.events, await page.evaluate(`bench.calibrate('${cell.payload}', ${seconds})`));
  const before = cpuTimes(browser.pid);
  const { seconds: took, wrong } = await page.evaluate(`bench.measure('${cell.payload}', ${cell.events})`);
  cell.cpuMicroseconds.push((secondsBetween(before, cpuTimes(browser.pid)) / cell.events) * 1e6);
  cell.eventsPerSecond.push(cell.events / took);
  cell.wrong = wrong;
}

const TABLES = [
  ['Thousand events per second (ratio to native)', ({ eventsPerSecond }) => eventsPerSecond.map((rate) => rate / 1000)],
  ['MB per second (ratio to native)', ({ eventsPerSecond, bytes }) => eventsPerSecond.map((rate) => (rate * bytes) / 1e6)],
  ["CPU time of all the browser's processes, microseconds per event (ratio to native)", ({ cpuMicroseconds }) => cpuMicroseconds],
];

export function show(results, titles) {
  return TABLES.map(([head, values]) => `${head}:\n${comparison(results, values, titles)}`).join('\n\n');
}
