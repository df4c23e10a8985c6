// What requests go by in this engine.

import { global } from './global.js';

/**
 * `fetch` where bodies are streams; and where it can't be aborted, only when there is nothing else.
 * @returns {'fetch' | 'XMLHttpRequest' | null}
 */
export function transport() {
  const { AbortController, XMLHttpRequest } = global;
  if (!missingForFetch() && (AbortController || !XMLHttpRequest)) return 'fetch';
  return XMLHttpRequest ? 'XMLHttpRequest' : null;
}

/** @returns {string} the name of what there is not */
export function missingForFetch() {
  // Node's fetch does nothing without an AbortController; a service worker's in Chromium 64 has none. Node makes its Response of the
  // others when it is first asked for.
  const names = ['fetch', 'ReadableStream'].concat(global.location ? [] : 'AbortController', 'Response');
  const missing = names.reduce((found, name) => found || (global[name] ? '' : name), '');
  return missing || ('body' in Response.prototype ? '' : 'Response.prototype.body');
}
