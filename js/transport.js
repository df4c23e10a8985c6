// What requests go by in this engine.

/**
 * `fetch` where bodies are streams; and where it can't be aborted, only when there is nothing else.
 * @returns {'fetch' | 'XMLHttpRequest' | null}
 */
export function transport() {
  if (hasStreams() && (typeof AbortController === 'function' || !hasXhr())) return 'fetch';
  return hasXhr() ? 'XMLHttpRequest' : null;
}

export function hasStreams() {
  return typeof fetch === 'function' && typeof Response === 'function' && 'body' in Response.prototype;
}

export function hasXhr() {
  return typeof XMLHttpRequest !== 'undefined';
}
