// The second argument of the constructor: its members are checked once, here, and what is wrong is a TypeError that names the member.

import { notConstructed } from '../type-error.js';
import { LONGEST, check, isFunction, isWellFormed, number, oneOf } from './check.js';
import { toBody, toHeaders, toMethod } from './request.js';
import { toRetry } from './retry.js';

const MAX_EVENT_SIZE = 128 * 1024 * 1024;

/** What is handed to fetch as it is, and the values that the Fetch Standard has for it; any text where there are none. */
const FETCH_MEMBERS = {
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache'],
  redirect: ['follow', 'error'],
  referrer: null,
  referrerPolicy: null,
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
  const { headers, body, fetch, signal, lastEventId = '', lastEventIdQueryParameterName: query } = init;
  ['integrity', 'keepalive'].forEach((name) => check(init[name] === undefined, name, 'an event stream can not have it'));
  isFunction('fetch', fetch);
  check(signal === undefined || (signal && typeof signal.addEventListener === 'function'), 'signal', 'not an AbortSignal');
  check(typeof lastEventId === 'string' && /^[^\0\r\n]*$/.test(lastEventId) && isWellFormed(lastEventId), 'lastEventId', 'not an event ID');
  check(query === undefined || (typeof query === 'string' && query && isWellFormed(query)), 'lastEventIdQueryParameterName', 'not a name');
  const transport = oneOf('transport', init.transport, ['auto', 'fetch', 'xhr']) || 'auto';
  const method = toMethod(init.method);
  const isSafe = method === 'GET' || method === 'HEAD';
  check(body === undefined || body === null || !isSafe, 'body', `a ${method} request has none`);
  const request = {};
  Object.keys(FETCH_MEMBERS).forEach((name) => {
    const value = oneOf(name, init[name], FETCH_MEMBERS[name]);
    if (value !== undefined) request[name] = value;
  });
  const { credentials } = request;
  const needsFetch = Object.keys(request).filter((name) => name !== 'credentials' || credentials === 'omit')[0] || (fetch && 'fetch');
  check(transport !== 'xhr' || !needsFetch, needsFetch, 'XMLHttpRequest has no such thing');
  const sends = [headers, init.method, body, fetch].some((member) => member !== undefined && member !== null);
  const isCalled = [headers, body, fetch].some((member) => typeof member === 'function');
  const { initial, when, ...retry } = toRetry(init.retry, isSafe);

  return {
    withCredentials: credentials ? credentials === 'include' : Boolean(init.withCredentials),
    headers: toHeaders(headers),
    method,
    body: toBody(body),
    fetch,
    request,
    transport: needsFetch ? 'fetch' : transport,
    signal,
    lastEventId,
    query,
    pauses: Boolean(init.pauseWhenHidden),
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
      heartbeatTimeout: number('heartbeatTimeout', init.heartbeatTimeout, 0, 1, LONGEST),
      maxEventSize: Math.min(number('maxEventSize', init.maxEventSize, MAX_EVENT_SIZE, 1, Infinity), 0xffffffff),
    },
  };
}

/** Connects the source, now or when the page is seen. */
export function start(source, connect) {
  if (source.isPaused) source.connect = () => connect(source);
  else connect(source);
}
