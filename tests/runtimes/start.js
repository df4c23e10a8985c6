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
 * @param {'process' | 'global'} options.reports what hears of exceptions that nobody has caught
 * @param {object} [options.entry] what the entry with options exports, where it is that
 * @param {typeof transport} [send] for hosts without fetch
 */
export function start(EventSource, { origin, otherOrigin, reports, entry, ...options }, send = transport) {
  return runAndReport(() => ({
    EventSource,
    entry,
    global: globalThis,
    build: 'package',
    origin,
    otherOrigin,
    controlOrigin: options.controlOrigin,
    transport: send,
    errors: reports === 'process' ? watchProcess() : watch(globalThis),
    has: ['own-request', ...(entry ? ['options'] : [])],
  }), options, send);
}

function watchProcess() {
  const errors = new Errors();
  process.on('uncaughtException', (error) => errors.report(error.message, { error }));
  process.on('unhandledRejection', (reason) => errors.report(`unhandled rejection: ${reason}`, { reason }));
  return errors;
}
