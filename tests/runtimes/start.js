// The suite in a runtime that is no browser. What starts it (hosts.mjs) brings the class under test.

import { Errors } from '../behaviour/errors.js';
import { runAndReport } from '../behaviour/report.js';
import { watch } from '../behaviour/start.js';
import { transport } from '../behaviour/transport.js';

/**
 * @param {Function} EventSource
 * @param {object} options those of `runAndReport`, and
 * @param {string} options.origin
 * @param {string} options.otherOrigin
 * @param {typeof transport} [send] for hosts without fetch
 */
export function start(EventSource, { origin, otherOrigin, ...options }, send = transport) {
  return runAndReport(() => ({
    EventSource,
    global: globalThis,
    build: 'package',
    origin,
    otherOrigin,
    controlOrigin: options.controlOrigin,
    transport: send,
    errors: typeof process === 'object' && process.on && typeof document === 'undefined' ? watchProcess() : watch(globalThis),
    has: ['own-request'],
  }), options, send);
}

/** In Node and Bun what nobody has caught is the process's. */
function watchProcess() {
  const errors = new Errors();
  process.on('uncaughtException', (error) => errors.report(error.message, { error }));
  process.on('unhandledRejection', (reason) => errors.report(`unhandled rejection: ${reason}`, { reason }));
  return errors;
}
