// Runs the suite for a host, and reports to whoever has started it (tests/server.mjs hands the reports on).

import { registerFormat } from './format.js';
import { run } from './runner.js';
import { transport } from './transport.js';

/**
 * @param {() => object} makeHost
 * @param {object} options
 * @param {string} options.controlOrigin
 * @param {string} options.id of this run
 * @param {string} [options.grep] a regular expression for test names
 * @param {string} [options.expected] the tests that are expected to fail, with commas between
 * @param {string} [options.atOnce] the most tests that may run at once
 * @param {typeof transport} [send] for hosts without fetch
 */
export async function runAndReport(makeHost, { controlOrigin, id, grep, expected, atOnce }, send = transport) {
  const report = (content) => send('POST', `${controlOrigin}/reports`, { id, ...content });
  try {
    const host = makeHost();
    await registerFormat(host);
    const pattern = new RegExp(grep || '');
    const reports = [];
    await run(host, (result) => reports.push(report({ result })), (name) => pattern.test(name), (expected || '').split(','), Number(atOnce || Infinity));
    await Promise.all(reports);
    await report({ done: true });
  } catch (error) {
    await report({ done: true, failure: String((error && error.stack) || error) });
  }
}
