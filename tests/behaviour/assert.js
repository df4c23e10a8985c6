// What a test can claim. Each says in its message what was expected and what was there.

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

/** The very same value (NaN is itself, 0 is not -0). */
export function equal(actual, expected, what = 'value') {
  if (!Object.is(actual, expected)) throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** The same content, for arrays and plain objects. */
export function same(actual, expected, what = 'value') {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${shorten(wanted)}, got ${shorten(got)}${firstDifference(got, wanted)}`);
}

/** At least `least`; times have no upper bound in this suite, since a busy machine may be late by any amount. */
export function atLeast(actual, least, what) {
  if (!(actual >= least)) throw new Error(`${what}: expected at least ${least}, got ${actual}`);
}

/** Throws an instance of `Class`; gives it back. */
export function throws(Class, action, what = 'action') {
  let thrown;
  try {
    action();
  } catch (error) {
    thrown = { error };
  }
  if (!thrown) throw new Error(`${what}: expected a ${Class.name}, nothing was thrown`);
  if (!(thrown.error instanceof Class)) throw new Error(`${what}: expected a ${Class.name}, got ${show(thrown.error)}`);
  return thrown.error;
}

/** Throws exactly this value. */
export function throwsValue(value, action, what = 'action') {
  try {
    action();
  } catch (error) {
    return equal(error, value, `${what}: thrown`);
  }
  throw new Error(`${what}: nothing was thrown`);
}

/** Throws the `SyntaxError` DOMException of `global`'s realm. (Workers of IE 11's time know no DOMException.) */
export function throwsSyntaxError(global, action, what = 'action') {
  const error = throws(global.DOMException || global.Error, action, what);
  equal(error.name, 'SyntaxError', `${what}: name`);
  equal(error.code, 12, `${what}: code`);
}

function show(value) {
  if (typeof value === 'string') return shorten(JSON.stringify(value));
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function shorten(text = 'undefined') {
  return text.length <= 300 ? text : `${text.slice(0, 300)}... (${text.length} characters)`;
}

function firstDifference(got = '', wanted = '') {
  if (got.length <= 300 && wanted.length <= 300) return '';
  let at = 0;
  while (got[at] === wanted[at]) at++;
  return `; first difference at ${at}: expected ${wanted.slice(at, at + 40)}, got ${got.slice(at, at + 40)}`;
}
