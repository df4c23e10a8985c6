// The suite in a browser: in a window or in a worker. The page's or worker's own script (hosts.mjs) puts the class under test on
// the global as `Subject`, and the entry with options as `SubjectEntry`, and calls behaviour.start().

import { Errors } from './errors.js';
import { runAndReport } from './report.js';
import { transport } from './transport.js';
import './suite.js';

/**
 * @param {object} options those of `runAndReport`, and
 * @param {string} options.build
 * @param {string} options.otherOrigin
 */
export function start({ build, otherOrigin, ...options }) {
  const inWindow = typeof document === 'object';
  return runAndReport(() => ({
    EventSource: self.Subject,
    entry: self.SubjectEntry,
    global: self,
    build,
    // Workers of old engines have no `location.origin`.
    origin: `${self.location.protocol}//${self.location.host}`,
    otherOrigin,
    controlOrigin: options.controlOrigin,
    transport,
    errors: watch(self),
    has: [
      inWindow ? 'window' : 'worker',
      ...(build === 'native' ? [] : ['own-request']),
      ...(build === 'options' ? ['options', 'origin', 'xhr'] : []),
      ...(self.EventSource === self.Subject ? ['global-class'] : []),
    ],
  }), options);
}

/** What nobody has caught, by the global's events. */
export function watch(global) {
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
