// Responses that are none of the platform's, and bodies that are no streams of the platform's.

import { toPieces } from './decoder.js';

/** Whether it is meant as one. @throws {TypeError} when it can't be read as one */
export function isResponse(value) {
  // Node's requests have such members, too, and are the body themselves.
  if (Object(value) !== value || !('body' in value && 'headers' in value) || Symbol.asyncIterator in value) return false;
  if (typeof value.headers.get !== 'function') throw new TypeError("A response's headers have no get().");
  if (typeof value.status !== 'number') throw new TypeError('A response has no status.');
  return true;
}

/** What a caller's `fetch` gives, with a body of the platform's kind. @throws {TypeError} */
export function toResponse(value) {
  if (!isResponse(value)) throw new TypeError('fetch has given no Response.');
  const { status, url, headers, body } = value;
  if (body && body.locked) throw new TypeError('The body of the Response that fetch has given is being read.');
  if (!body || typeof body.getReader === 'function') return value;
  const reader = toReader(body);
  return { status, url, headers, body: { getReader: () => reader, cancel: reader.cancel } };
}

/** @returns {{read(): Promise<{value: unknown, done: boolean}>, cancel(): unknown}} */
export function toReader(body) {
  if (body && typeof body.getReader === 'function') return body.getReader();
  const chunks = toChunks(body);
  const cancel = () => {
    // An iterator of Node's that has not begun lets go of nothing.
    if (body && typeof body.destroy === 'function') body.destroy();
    return chunks.return && chunks.return();
  };
  return { read: () => chunks.next(), cancel };
}

/** @returns {AsyncIterator | Iterator} over what a body has, that is no stream of the platform's */
function toChunks(body) {
  if (body && typeof body[Symbol.asyncIterator] === 'function') return body[Symbol.asyncIterator]();
  if (body === null) return [].values();
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  // What is none is refused at once.
  toPieces(bytes);
  return [bytes].values();
}
