// Tests of the options, by each transport that the host has; and what many of them use.

import { test } from '../runner.js';

export const EVENT_STREAM = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
/** A short wait. */
export const SOON = { initial: 1, max: 1, jitter: 0 };

/** A test that is run by fetch, and by XMLHttpRequest where there is one; `needs` and `crowd` as for `test`, beside that. */
export function both(name, body, { needs = [], ...options } = {}) {
  test(`options-${name}`, { needs: ['options', ...needs], ...options }, (t) => body(t, { transport: 'fetch' }));
  test(`options-${name}-xhr`, { needs: ['options', 'xhr', ...needs], ...options }, (t) => body(t, { transport: 'xhr' }));
}

/** A test for which the transport does not matter, or there is one only. */
export function byFetch(name, body, { needs = [], ...options } = {}) {
  test(`options-${name}`, { needs: ['options', ...needs], ...options }, body);
}

/** The header values of one request. */
export function values(request, names) {
  return names.map((name) => request.headers[name]);
}

/** Those that iterating gives, and what it throws. */
export async function collect(messages) {
  const got = [];
  try {
    for await (const message of messages) got.push(message);
  } catch (error) {
    return { got, error };
  }
  return { got };
}
