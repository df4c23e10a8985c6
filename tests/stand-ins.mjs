// Old browsers that stand for those that can't be had here, driven with nothing but HTTP. What they have more than the browser
// that they stand for is taken away by the pages themselves (stand-ins/removals.js). This file knows nothing of EventSource.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasOldBrowser, oldBrowser } from '../scripts/old-browsers.mjs';
import { freePort } from './browsers.mjs';
import { endWithRun } from './process-group.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const CHROMIUM = {
  standsFor: 'Edge 16-18',
  language: 'es2017',
  args: (profile, port) => [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync',
    '--disable-dev-shm-usage', `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, 'about:blank',
  ],
  env: {},
  async version(origin) {
    const { Browser: product } = await json(`${origin}/json/version`);
    return product.split('/')[1];
  },
  async open(origin, url) {
    const before = await json(`${origin}/json/list`);
    await json(`${origin}/json/new?${url}`);
    for (const { id } of before) await fetch(`${origin}/json/close/${id}`);
  },
};

const PHANTOMJS = {
  standsFor: 'IE 11',
  language: 'es5',
  // With dozens of requests under way it loses the answers to some.
  atOnce: 4,
  args: (profile, port) => [
    `--offline-storage-path=${profile}`, `--local-storage-path=${profile}`,
    fileURLToPath(new URL('stand-ins/phantomjs-driver.js', import.meta.url)), String(port),
  ],
  // It can't read the configuration of today's OpenSSL.
  env: { OPENSSL_CONF: '/dev/null' },
  version: async (origin) => (await json(`${origin}/version`)).version,
  open: (origin, url) => json(`${origin}/open`, { method: 'POST', body: url }),
};

/**
 * Name -> the browser that it stands for, the language that it understands, and how it is driven.
 * @type {Record<string, typeof CHROMIUM>}
 */
export const STAND_INS = { 'chromium-64': CHROMIUM, 'chromium-67': CHROMIUM, 'chromium-72': CHROMIUM, phantomjs: PHANTOMJS };

/** The names of those whose programs are there. */
export function installedStandIns() {
  return Object.keys(STAND_INS).filter(hasOldBrowser);
}

/**
 * Starts one with an empty profile.
 * @param {string} name
 * @returns {Promise<{name: string, version: string, open: (url: string) => Promise<void>, quit: () => Promise<void>,
 *   ended: Promise<Error>}>} `open` returns when the page has begun to load; the page before it is gone by then. `ended` says how
 *   the browser has ended.
 */
export async function launchStandIn(name) {
  const { args, env, version, open } = STAND_INS[name];
  const { path: profile, remove } = temporaryFolder(name);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  // A group of its own, so that quit() ends it with its children.
  const child = spawn(oldBrowser(name), args(profile, port), {
    env: { ...process.env, ...env, HOME: profile, TMPDIR: profile },
    stdio: process.env.DRIVER_LOG ? 'inherit' : 'ignore',
    detached: true,
  });
  let failure;
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => resolve(new Error(`${name} ended by itself: ${signal ?? `code ${code}`}`)));
  });
  ended.then((error) => { failure = error; });
  const endGroup = endWithRun(child);
  const quit = async () => {
    endGroup();
    await remove();
  };
  try {
    return { name, version: await answer(() => version(origin), () => failure), open: async (url) => { await open(origin, url); }, quit, ended };
  } catch (error) {
    await quit();
    throw new Error(`${name} did not start: ${error.message}`, { cause: error });
  }
}

async function answer(ask, failure) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (failure()) throw failure();
    const answered = await ask().catch(() => null);
    if (answered) return answered;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not answer within 30 s');
}

async function json(url, init) {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
