// What is told on the console. IE 11 has none in its workers.

/** @param {string} message */
export function warn(message) {
  if (typeof console === 'object') console.warn(`eventsource-wasm: ${message}`);
}

/**
 * @param {string} message
 * @param {unknown} reason
 */
export function error(message, reason) {
  if (typeof console === 'object') console.error(`eventsource-wasm: ${message}`, reason);
}

/** @param {string} reason names the file */
export function failedToLoad(reason) {
  if (typeof console === 'object') console.error(`eventsource-wasm: the core can't be loaded: ${reason}`);
}

/** There is nothing that a request could go by. */
export function notSupported() {
  const reason = new Error('there is neither fetch with streams nor XMLHttpRequest');
  reason.name = 'NotSupportedError';
  error('no source can connect:', reason);
}
