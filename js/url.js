// URLs as the constructor takes them.

import { domException } from './dom-exception.js';
import { parseLegacy } from './legacy/url.js';

const hasUrl = isConstructible();

/**
 * "Encoding-parsing a URL given url, relative to settings": serialized.
 * @param {string} url
 * @returns {string}
 * @throws {DOMException} SyntaxError where it can't be parsed
 */
export function resolve(url) {
  let record;
  try {
    record = parse(url);
  } catch {
    throw notValid(url);
  }
  // A host of a special scheme has no percent sign and no space; some browsers' parsers let them pass.
  if (/^(https?|wss?|ftp):$/.test(record.protocol) && /[%\s]/.test(record.hostname)) throw notValid(url);
  return record.href;
}

/**
 * @param {string} url absolute
 * @returns {string} its origin, serialized
 */
export function originOf(url) {
  return (hasUrl ? new URL(url) : parseLegacy(url)).origin;
}

/** Relative to the document, and with its encoding; or relative to the worker; or absolute elsewhere. */
function parse(url) {
  if (!hasUrl) return parseLegacy(url);
  if (typeof document !== 'object') return new URL(url, typeof location === 'object' ? location.href : undefined);
  if (document.characterSet === 'UTF-8') return new URL(url, document.baseURI);
  // URL knows UTF-8 only; a link's query gets the document's encoding. What it can't parse it gives back as it is.
  const link = document.createElement('a');
  link.href = url;
  return new URL(link.href);
}

function isConstructible() {
  try {
    return Boolean(new URL('http://a'));
  } catch {
    return false;
  }
}

function notValid(url) {
  return domException(`Failed to construct 'EventSource': the URL '${url}' is not valid.`, 'SyntaxError');
}
