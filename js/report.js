// "Report an exception": to window.onerror and the console, as if the engine had called what threw.

import { makeEvent } from './event.js';

/**
 * Rethrown from a listener of the engine's own, which reports it at once, before anything else runs: a task of its own
 * would come too late for a page that minds the order. Only workers of IE 11 have no events to do that with.
 */
export function report(error) {
  if (WORKERD) {
    reportError(error);
    return;
  }
  const rethrow = () => {
    throw error;
  };
  try {
    const target = typeof document === 'object' ? document.createElement('i') : new XMLHttpRequest();
    target.addEventListener('error', rethrow);
    target.dispatchEvent(makeEvent('error'));
  } catch {
    setTimeout(rethrow);
  }
}
