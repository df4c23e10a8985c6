// The `retry` option: whether, when and how often to try again.

import { LONGEST, check, isFunction, number } from './check.js';

/** "Try again later" in one way or another. */
const STATUSES = [429, 502, 503, 504];

/**
 * `true` is an object without members.
 * @param {undefined | boolean | object} value
 * @param {boolean} isSafe the request's method has no effects
 */
export function toRetry(value, isSafe) {
  const is = value === true || (Object(value) === value && typeof value !== 'function' && !Array.isArray(value));
  check(is || value === undefined || value === false, 'retry', 'neither an object nor a boolean');
  const { initial, max, factor, jitter, attempts, statuses = is ? STATUSES : [], when } = is ? value : {};
  check(
    Array.isArray(statuses) && statuses.every((status) => Number.isInteger(status) && status >= 100 && status <= 599),
    'retry.statuses',
    'not a list of HTTP statuses',
  );
  isFunction('retry.when', when);
  check(attempts === undefined || attempts === Infinity || Number.isInteger(attempts), 'retry.attempts', 'not a whole number');
  return {
    initial: number('retry.initial', initial, undefined, 0, LONGEST),
    max: max === Infinity ? LONGEST : number('retry.max', max, undefined, 0, LONGEST),
    factor: number('retry.factor', factor, 2, 1, 1000),
    jitter: number('retry.jitter', jitter, 0.2, 0, 1),
    attempts: Math.min(number('retry.attempts', attempts, Infinity, 0, Infinity), 0xffffffff),
    statuses: Uint16Array.from(statuses),
    when,
    retries: is || (value === undefined && isSafe),
  };
}
