// What a source can't do without, looked for when one is constructed: an environment that lacks it says so there, and importing
// never throws.

import { lacking } from 'eventsource-wasm:hooks';
import { domException } from '../dom-exception.js';

const IS_THERE = {
  WebAssembly: () => typeof WebAssembly === 'object',
  atob: () => typeof atob === 'function',
  fetch: () => typeof fetch === 'function',
};

/**
 * @param {(keyof typeof IS_THERE)[]} names what is needed beside something to make requests with
 * @param {(source: import('../source.js').Source) => void} connect
 * @returns {(source: import('../source.js').Source) => void} connects a source, or throws a NotSupportedError that names what is missing
 */
export function needing(names, connect) {
  return (source) => {
    names.forEach((name) => {
      if (!IS_THERE[name]()) throw notSupported(name === 'WebAssembly' ? `${name} (eventsource-wasm/es5 needs none)` : name);
    });
    const missing = lacking(source);
    if (missing) throw notSupported(missing);
    connect(source);
  };
}

function notSupported(missing) {
  return domException(`Failed to construct 'EventSource': there is no ${missing}.`, 'NotSupportedError', 9);
}
