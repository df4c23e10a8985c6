// One browser, one window: opens a test's page and waits for what the harness there reports.

import { setTimeout as sleep } from 'node:timers/promises';
import { launch } from '../browsers.mjs';
import { RESULTS } from './proxy.mjs';

/** What lets the test hosts work as hosts of the web do. */
const LAUNCH_OPTIONS = {
  chromium: { args: ['--host-resolver-rules=MAP *.localhost 127.0.0.1'] },
  firefox: {},
  // Its own policy takes a subdomain below `.localhost` for a third party, which gets no cookies.
  webkit: { args: ['--cookies-policy=always'] },
};

/** The harness gives up by itself after 10 s, or 60 s where a test may take long; past this it is not coming back. */
const DEADLINE_MS = { short: 30_000, long: 90_000 };
const POLL_MS = 50;

const STATUS = ['PASS', 'FAIL', 'TIMEOUT', 'NOTRUN', 'PRECONDITION_FAILED'];
const HARNESS_STATUS = ['OK', 'ERROR', 'TIMEOUT', 'PRECONDITION_FAILED'];

/**
 * @typedef {{name: string, status: string, message: string}} Subtest
 * @typedef {{harness: {status: string, message: string}, subtests: Subtest[]}} Outcome
 */

/**
 * Starts a browser for tests.
 * @param {'chromium' | 'firefox' | 'webkit'} name
 * @returns {Promise<{version: string, run: (url: string, long: boolean) => Promise<Outcome>, quit: () => Promise<void>}>}
 */
export async function startSession(name) {
  let browser = await launch(name, LAUNCH_OPTIONS[name]);
  return {
    version: browser.version,
    async run(url, long) {
      try {
        return await runPage(browser.driver, url, long ? DEADLINE_MS.long : DEADLINE_MS.short);
      } catch (error) {
        // The next test gets a browser that works.
        await browser.quit();
        browser = await launch(name, LAUNCH_OPTIONS[name]);
        return { harness: { status: 'NO RESULT', message: error.message.split('\n')[0] }, subtests: [] };
      }
    },
    quit: () => browser.quit(),
  };
}

async function runPage(driver, url, deadlineMs) {
  const deadline = Date.now() + deadlineMs;
  await driver.manage().setTimeouts({ pageLoad: deadlineMs });
  await driver.get(url);
  for (;;) {
    const results = await driver.executeScript(`return self.${RESULTS} || null`);
    if (results) return outcome(results);
    if (Date.now() > deadline) throw new Error(`no result after ${deadlineMs / 1000} s`);
    await sleep(POLL_MS);
  }
}

function outcome({ harness, tests }) {
  return {
    harness: { status: HARNESS_STATUS[harness.status], message: harness.message ?? '' },
    subtests: tests.map(({ name, status, message }) => ({ name, status: STATUS[status], message: message ?? '' })),
  };
}
