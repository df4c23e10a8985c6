// The subtests that are known to fail, each with its reason, and what results are against them.

import { readFile } from 'node:fs/promises';

/**
 * @typedef {object} Entry a subtest that fails
 * @property {string} test the test's file below eventsource/, up to its first dot: it stands for all pages that are made of it
 * @property {string} subtest its name
 * @property {string[]} builds where it fails
 * @property {string[]} [browsers] where it fails, when not in all
 * @property {boolean} [intermittent] that it may pass as well
 * @property {string} reason
 */

/**
 * The entries that are about one build in one browser.
 * @param {string} file
 * @param {string} build
 * @param {string} browser
 * @returns {Promise<Entry[]>}
 */
export async function expectedFailures(file, build, browser) {
  const entries = JSON.parse(await readFile(file, 'utf8'));
  return entries.filter(({ builds, browsers }) => builds.includes(build) && (!browsers || browsers.includes(browser)));
}

/**
 * The entry that says that a subtest fails, if there is one.
 * @param {Entry[]} entries
 * @param {string} url of the test's page
 * @param {string} subtest
 * @returns {Entry | undefined}
 */
export function entryFor(entries, url, subtest) {
  const [, file] = /^\/[^/]+\/([^?]*?)\.[^/?]*(?:\?.*)?$/.exec(url) ?? [];
  return entries.find((entry) => entry.test === file && entry.subtest === subtest);
}
