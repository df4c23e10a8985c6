// What must be there, looked for at construction: an environment that lacks it says so there, and importing never throws.

import { lacking } from 'eventsource-wasm:hooks';
import { domException } from '../dom-exception.js';
import { global } from '../global.js';

/**
 * @param {string[]} names of globals
 * @param {string} task what can't be done without them
 * @throws {DOMException} NotSupportedError that names the first one that is missing
 */
export function need(names, task) {
  const missing = names.filter((name) => !global[name])[0];
  if (missing) throw notSupported(missing === 'WebAssembly' ? `${missing} (the entries named es5 need none)` : missing, task);
}

/**
 * @param {string[]} names of globals that the core takes
 * @returns {(options: object) => void} to be called for each source with its options; throws as `need` does
 */
export function needing(names) {
  const task = "construct 'EventSource'";
  return (options) => {
    // A document or a worker has what URLs are relative to, and can do without.
    need(global.location ? names : names.concat('URL'), task);
    const missing = lacking(options);
    if (missing) throw notSupported(missing, task);
  };
}

function notSupported(missing, task) {
  return domException(`Failed to ${task}: there is no ${missing}.`, 'NotSupportedError', 9);
}
