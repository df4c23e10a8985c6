// What requests go by where the caller may choose.

import { hasStreams, hasXhr, transport } from '../transport.js';

/**
 * @param {object} options see js/options/init.js
 * @returns {'fetch' | 'XMLHttpRequest' | null}
 */
export function chosenTransport({ fetch: own, transport: chosen }) {
  if (own) return 'fetch';
  if (chosen === 'fetch') return hasStreams() ? 'fetch' : null;
  if (chosen === 'xhr') return hasXhr() ? 'XMLHttpRequest' : null;
  return transport();
}
