// Checks of the init dictionary's members.

/** The longest that a timer can wait, in milliseconds. */
export const LONGEST = 0x7fffffff;

/** @throws {TypeError} that names the member */
export function check(condition, name, why) {
  if (!condition) throw new TypeError(`${name}: ${why}.`);
}

/** @returns {number} the value, or `otherwise` when there is none */
export function number(name, value, otherwise, least, most) {
  if (value === undefined) return otherwise;
  check(typeof value === 'number' && value >= least && value <= most, name, `not a number from ${least} to ${most}`);
  return value;
}

/** Or missing. */
export function isFunction(name, value) {
  check(value === undefined || typeof value === 'function', name, 'not a function');
}

/** @returns the value, which may be missing; any text where there are no `values` */
export function oneOf(name, value, values) {
  if (value === undefined) return value;
  check(values ? values.indexOf(value) >= 0 : typeof value === 'string', name, values ? `none of ${values.join(', ')}` : 'not a string');
  return value;
}

/** Whether it has no lone surrogates. */
export function isWellFormed(text) {
  try {
    return Boolean(encodeURIComponent(text)) || !text;
  } catch {
    return false;
  }
}
