// URLs as the constructor takes them.

import { domException } from './dom-exception.js';
import { parseLegacy, resolveByLink } from './legacy/url.js';

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
  // A host has no percent sign and no space; some browsers' parsers let them pass.
  if (/^https?:$/.test(record.protocol) && /[%\s]/.test(record.hostname)) throw notValid(url);
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
  // URL knows UTF-8 only, and a link its document. What it can't parse it gives back as it is.
  if (typeof document === 'object') return new URL(resolveByLink(url));
  return new URL(url, typeof location === 'object' ? location.href : undefined);
}

function isConstructible() {
  try {
    return Boolean(new URL('http://a'));
  } catch {
    return false;
  }
}

function notValid(url) {
  return domException(`Failed to construct 'EventSource': the URL '${url}' is not valid.`, 'SyntaxError', 12);
}
