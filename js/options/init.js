// The second argument of the constructor: its members are checked once, here, and what is wrong is a TypeError that names the member.

import { notConstructed } from '../type-error.js';
import { resolve } from '../url.js';
import { LONGEST, check, isFunction, isSignal, isWellFormed, number, oneOf, sizeOf } from './check.js';
import { toBody, toHeaders, toMethod } from './request.js';
import { toRetry } from './retry.js';

const MAX_EVENT_SIZE = 128 * 1024 * 1024;
/** Of the id that each request carries, in bytes: servers take headers of 8 KiB, and URLs. */
const MAX_ID_SIZE = 4096;
/** In a URL each byte may become three. */
const MAX_ID_SIZE_IN_QUERY = 1365;

/** What is handed to fetch as it is, and the values that an event stream can have of those in the Fetch Standard. */
const FETCH_MEMBERS = {
  credentials: ['omit', 'same-origin', 'include'],
  // Not 'only-if-cached': a stream is in no cache.
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache'],
  // Not 'manual': what fetch gives for a redirect then has neither status nor body.
  redirect: ['follow', 'error'],
  referrerPolicy: [
    '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin',
    'strict-origin-when-cross-origin', 'unsafe-url',
  ],
  priority: ['high', 'low', 'auto'],
};

/**
 * Converts an `EventSourceInit`.
 * @param {object | undefined | null} init
 * @returns {object} what the source and its link go by; its `settings` are for the core (src/web/options.rs)
 * @throws {TypeError}
 */
export function toOptions(init = {}) {
  if (init === null) init = {};
  if (Object(init) !== init) throw notConstructed('the second argument is not an object.');
  // Each member is read once: it may be the caller's code.
  const {
    headers, body, fetch, signal, lastEventId = '', lastEventIdQueryParameterName: query, integrity, keepalive, referrer, heartbeatTimeout,
    maxEventSize, pauseWhenHidden, withCredentials, method: givenMethod, retry: givenRetry, transport: givenTransport,
  } = init;
  check(integrity === undefined || integrity === '', 'integrity', 'it is known at the end, which an event stream does not have');
  check(keepalive === undefined || keepalive === false, 'keepalive', 'an event stream ends with its page');
  isFunction('fetch', fetch);
  isSignal('signal', signal);
  check(typeof lastEventId === 'string' && /^[^\0\r\n]*$/.test(lastEventId) && isWellFormed(lastEventId), 'lastEventId', 'not an event ID');
  check(query === undefined || (typeof query === 'string' && query && isWellFormed(query)), 'lastEventIdQueryParameterName', 'not a name');
  const maxIdSize = query ? MAX_ID_SIZE_IN_QUERY : MAX_ID_SIZE;
  check(sizeOf(lastEventId) <= maxIdSize, 'lastEventId', `longer than ${maxIdSize} bytes`);
  check(pauseWhenHidden === undefined || typeof pauseWhenHidden === 'boolean', 'pauseWhenHidden', 'not a boolean');
  const transport = oneOf('transport', givenTransport, ['auto', 'fetch', 'xhr']) || 'auto';
  const method = toMethod(givenMethod);
  const isSafe = method === 'GET' || method === 'HEAD';
  check(body === undefined || body === null || !isSafe, 'body', `a ${method} request has none`);
  const request = {};
  Object.keys(FETCH_MEMBERS).forEach((name) => {
    const value = oneOf(name, init[name], FETCH_MEMBERS[name]);
    if (value !== undefined) request[name] = value;
  });
  if (referrer !== undefined) request.referrer = toReferrer(referrer);
  const { credentials } = request;
  const needsFetch = Object.keys(request).filter((name) => name !== 'credentials' || credentials === 'omit')[0] || (fetch && 'fetch');
  check(transport !== 'xhr' || !needsFetch, needsFetch, 'XMLHttpRequest has no such thing');
  const sends = [headers, givenMethod, body, fetch].some((member) => member !== undefined && member !== null);
  const isCalled = [headers, body, fetch].some((member) => typeof member === 'function');
  const { initial, when, ...retry } = toRetry(givenRetry, isSafe);

  return {
    withCredentials: credentials ? credentials === 'include' : Boolean(withCredentials),
    headers: toHeaders(headers),
    method,
    body: toBody(body),
    fetch,
    request,
    transport: needsFetch ? 'fetch' : transport,
    signal,
    lastEventId,
    query,
    pauses: pauseWhenHidden === true,
    initial,
    when,
    settings: {
      ...retry,
      asks: Boolean(when),
      // Where nothing is the caller's the core sends by itself.
      sends: sends || Boolean(query),
      startsOver: sends,
      // What the caller's function does wrong is no refusal by CORS, nor is a redirect; and what has effects is not sent twice.
      probes: isSafe && !isCalled && request.redirect !== 'error',
      heartbeatTimeout: toTimeout(heartbeatTimeout),
      maxEventSize: Math.min(number('maxEventSize', maxEventSize, MAX_EVENT_SIZE, 1, Infinity), 0xffffffff),
      maxIdSize,
    },
  };
}

/** https://fetch.spec.whatwg.org/#dom-request: a URL, or nothing for none. */
function toReferrer(value) {
  if (value instanceof URL) return value.href;
  let isUrl = value === '';
  try {
    isUrl = isUrl || (typeof value === 'string' && Boolean(resolve(value)));
  } catch {
    // Told below.
  }
  check(isUrl, 'referrer', 'not a URL');
  return value;
}

/** @returns {number} milliseconds; 0 for none, for which people write `Infinity`, too */
function toTimeout(value) {
  return value === 0 || value === Infinity ? 0 : number('heartbeatTimeout', value, 0, 1, LONGEST);
}

/** Connects the source, now or when the page is seen. */
export function start(source, connect) {
  if (source.isPaused) source.connect = () => connect(source);
  else connect(source);
}
