// What requests go by where the caller may choose.

import { global } from '../global.js';
import { missingForFetch, transport } from '../transport.js';

/**
 * @param {object} options see js/options/init.js
 * @returns {'fetch' | 'XMLHttpRequest' | null}
 */
export function chosenTransport({ fetch: own, transport: chosen }) {
  if (own) return 'fetch';
  if (chosen === 'fetch') return missingForFetch() ? null : 'fetch';
  if (chosen === 'xhr') return global.XMLHttpRequest ? 'XMLHttpRequest' : null;
  return transport();
}
