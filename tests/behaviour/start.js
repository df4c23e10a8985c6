// The suite in a browser: in a window or in a worker. The page's or worker's own script (hosts.mjs) puts the class under test on
// the global as `Subject` and calls behaviour.start().

import { Errors } from './errors.js';
import { registerFormat } from './format.js';
import { run } from './runner.js';
import { transport } from './transport.js';
import './suite.js';

/**
 * @param {object} options
 * @param {string} options.build
 * @param {string} options.otherOrigin
 * @param {string} options.controlOrigin
 * @param {string} options.id of this run, for the reports
 * @param {string} [options.grep] a regular expression for test names
 * @param {string} [options.expected] the tests that are expected to fail, with commas between
 * @param {string} [options.atOnce] the most tests that may run at once
 */
export async function start({ build, otherOrigin, controlOrigin, id, grep, expected, atOnce }) {
  const send = (report) => transport('POST', `${controlOrigin}/reports`, { id, ...report });
  try {
    const inWindow = typeof document === 'object';
    const host = {
      EventSource: self.Subject,
      global: self,
      build,
      // Workers of old engines have no `location.origin`.
      origin: `${self.location.protocol}//${self.location.host}`,
      otherOrigin,
      controlOrigin,
      transport,
      errors: watch(self),
      has: [
        inWindow ? 'window' : 'worker',
        ...(build === 'native' ? [] : ['own-request']),
        ...(self.EventSource === self.Subject ? ['global-class'] : []),
      ],
    };
    await registerFormat(host);
    const pattern = new RegExp(grep || '');
    const reports = [];
    await run(host, (result) => reports.push(send({ result })), (name) => pattern.test(name), (expected || '').split(','), Number(atOnce || Infinity));
    await Promise.all(reports);
    await send({ done: true });
  } catch (error) {
    await send({ done: true, failure: String((error && error.stack) || error) });
  }
}

function watch(global) {
  const errors = new Errors();
  global.addEventListener('error', (event) => {
    // Resource errors have no message; they are the test's own to see.
    if (typeof event.message !== 'string') return;
    event.preventDefault();
    errors.report(event.message, event);
  });
  global.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    errors.report(`unhandled rejection: ${event.reason}`, event);
  });
  return errors;
}
