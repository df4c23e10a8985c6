// What is told on the console. IE 11 has none in its workers.

/** @param {string} message */
export function warn(message) {
  tell('warn', message);
}

/**
 * @param {string} message
 * @param {unknown} [reason]
 */
export function error(message, reason) {
  tell('error', message, reason);
}

function tell(level, message, reason) {
  if (typeof console !== 'object') return;
  const text = `eventsource-wasm: ${message}`;
  if (reason) console[level](text, reason);
  else console[level](text);
}
