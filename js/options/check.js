// Checks of the init dictionary's members.

/** The longest that a timer can wait, in milliseconds. */
export const LONGEST = 0x7fffffff;

/**
 * A dictionary, as WebIDL has it: none is an empty one.
 * @param {object | undefined | null} value
 * @returns {object}
 * @throws {TypeError}
 */
export function toDictionary(value) {
  if (value === undefined || value === null) return {};
  check(Object(value) === value, 'options', 'not an object');
  return value;
}

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

/** A string, as WebIDL converts it: a symbol is none. */
export function toText(name, value) {
  check(typeof value !== 'symbol', name, 'a symbol is no text');
  return String(value);
}

/** Or missing. */
export function isFunction(name, value) {
  check(value === undefined || typeof value === 'function', name, 'not a function');
}

/** @returns the value, which may be missing */
export function oneOf(name, value, values) {
  check(value === undefined || values.indexOf(value) >= 0, name, `none of ${values.map((each) => each || "''").join(', ')}`);
  return value;
}

/** Or missing. */
export function isSignal(name, value) {
  const { aborted, addEventListener, removeEventListener } = value || {};
  const is = typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof removeEventListener === 'function';
  check(is || value === undefined || value === null, name, 'not an AbortSignal');
}

/** How many bytes a well-formed text is in UTF-8. */
export function sizeOf(text) {
  return encodeURIComponent(text).replace(/%../g, '-').length;
}

/** Whether it has no lone surrogates. */
export function isWellFormed(text) {
  try {
    return Boolean(encodeURIComponent(text)) || !text;
  } catch {
    return false;
  }
}
