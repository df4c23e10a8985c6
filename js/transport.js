// What requests go by in this engine.

/**
 * `fetch` where bodies are streams; and where it can't be aborted, only when there is nothing else.
 * @returns {'fetch' | 'XMLHttpRequest' | null}
 */
export function transport() {
  const hasXhr = typeof XMLHttpRequest !== 'undefined';
  const hasStreams = typeof fetch === 'function' && typeof Response === 'function' && 'body' in Response.prototype;
  if (hasStreams && (typeof AbortController === 'function' || !hasXhr)) return 'fetch';
  return hasXhr ? 'XMLHttpRequest' : null;
}
