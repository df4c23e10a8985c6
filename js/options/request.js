// What a caller has sent along: method, headers and body.

import { check, toText } from './check.js';

/** https://httpwg.org/specs/rfc9110.html#tokens */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** Without what ends a header, and as bytes. */
const VALUE = /^[^\0\r\n\u0100-\uffff]*$/;

export function toMethod(value = 'GET') {
  check(typeof value === 'string' && TOKEN.test(value), 'method', 'not a method');
  const upper = value.toUpperCase();
  check(!/^(CONNECT|TRACE|TRACK)$/.test(upper), 'method', `${upper} is forbidden`);
  // As the Fetch Standard normalizes it.
  return /^(DELETE|GET|HEAD|OPTIONS|POST|PUT)$/.test(upper) ? upper : value;
}

/** @returns {() => Promise<[string, string][]>} to be called for each attempt */
export function toHeaders(value) {
  if (typeof value === 'function') return async () => entries(await value());
  const checked = entries(value);
  return async () => checked;
}

/** Of an object, a Headers, or entries. */
function entries(value = {}) {
  check(Object(value) === value, 'headers', 'not an object');
  const list = typeof value[Symbol.iterator] === 'function' ? Array.from(value) : Object.keys(value).map((name) => [name, value[name]]);
  return list.map((entry) => {
    check(Array.isArray(entry) && entry.length === 2, 'headers', 'not a list of names and values');
    const [name, text] = entry.map((each) => toText('headers', each));
    check(TOKEN.test(name), 'headers', `'${name}' is not a name`);
    check(VALUE.test(text), 'headers', `the value of ${name} can not be sent`);
    return [name, text];
  });
}

/** @returns {() => Promise<BodyInit | undefined>} to be called for each attempt */
export function toBody(value) {
  if (typeof value === 'function') return async () => checked(await value());
  checked(value);
  return async () => value;
}

function checked(value) {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  check(kind !== 'ReadableStream', 'body', 'a stream can not be sent twice');
  const isBody = value === undefined || value === null || ArrayBuffer.isView(value)
    || ['String', 'Blob', 'File', 'ArrayBuffer', 'FormData', 'URLSearchParams'].indexOf(kind) >= 0;
  check(isBody, 'body', 'neither text nor bytes nor a form');
  return value;
}

/** The Standard's headers with the caller's, which replace those of the same name. @returns {Record<string, string>} */
export function merge(standard, own) {
  // Without Object.prototype's members: these may be names of headers, too.
  const named = Object.create(null);
  const add = ([name, value]) => {
    const key = name.toLowerCase();
    named[key] = named[key] ? [named[key][0], `${named[key][1]}, ${value}`] : [name, value];
  };
  own.forEach(add);
  Object.keys(standard).filter((name) => !named[name.toLowerCase()]).forEach((name) => add([name, standard[name]]));
  const merged = Object.create(null);
  Object.keys(named).forEach((key) => {
    const [name, value] = named[key];
    merged[name] = value;
  });
  return merged;
}

/** The URL with the last event ID in its query, if there is one, in place of an earlier one; ids can not add anything else. */
export function withId(url, name, id) {
  if (!/^https?:/.test(url)) return url;
  const [, path, query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/.exec(url);
  const key = encodeURIComponent(name);
  const pairs = query.split('&').filter((pair) => pair && decoded(pair.split('=')[0]) !== name);
  if (id) pairs.push(`${key}=${encodeURIComponent(id)}`);
  return `${path}${pairs.length ? '?' : ''}${pairs.join('&')}${fragment}`;
}

/** As far as it is. */
function decoded(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
