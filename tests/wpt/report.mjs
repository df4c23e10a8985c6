// What is printed of a run, and whether it went as expected.

import { entryFor } from './expectations.mjs';

/**
 * Gathers one browser's results and prints what is worth reading as it comes.
 * @param {string} title
 * @param {import('./expectations.mjs').Entry[]} entries
 * @param {(line: string) => void} print
 */
export function report(title, entries, print) {
  const counts = { pages: 0, subtests: 0, passed: 0, expected: 0, unexpected: 0 };

  return {
    counts,
    /**
     * @param {string} url
     * @param {import('./session.mjs').Outcome} outcome
     */
    page(url, { harness, subtests }) {
      counts.pages++;
      for (const { name, status, message } of subtests) {
        counts.subtests++;
        const entry = entryFor(entries, url, name);
        if (status === 'PASS') {
          counts.passed++;
          if (entry && !entry.intermittent) unexpected('PASS', url, name, `listed as a failure: ${entry.reason}`);
        } else if (entry) {
          counts.expected++;
          print(`  ${status} (expected) ${url} | ${name}\n    ${entry.reason}`);
        } else unexpected(status, url, name, message);
      }
      // A harness that timed out has said so of its subtests.
      const silent = subtests.every(({ status }) => status === 'PASS');
      if (harness.status !== 'OK' && (silent || harness.status !== 'TIMEOUT')) unexpected(harness.status, url, '(the page)', harness.message);
      else if (!subtests.length) unexpected('NO RESULT', url, '(the page)', 'it reported no subtests');
    },
    /** @param {import('./tree.mjs').NotRun[]} notRun */
    notRun(notRun) {
      for (const { path, reason } of notRun) print(`  NOT RUN /${path} | ${reason}`);
    },
    end() {
      const failed = counts.subtests - counts.passed;
      print(`${title}: ${counts.passed} of ${counts.subtests} subtests pass in ${counts.pages} pages, ${failed} fail (${counts.expected} expected), ${counts.unexpected} unexpected`);
    },
  };

  function unexpected(status, url, name, message) {
    counts.unexpected++;
    print(`  ${status} ${status === 'PASS' ? '(unexpected) ' : ''}${url} | ${name}${message && `\n    ${message.trim().replaceAll('\n', '\n    ')}`}`);
  }
}
