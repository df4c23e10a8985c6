// The core's JavaScript as a script of its own, for js/load/beside.js to take from the global.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from './core.js';
import { compile } from './load/compile.js';
import { wasmEngine } from './load/wasm-engine.js';

/**
 * @param {string} url of `eventsource.wasm`
 * @param {Promise<Response>} response its file, on its way
 */
self['eventsource-wasm'] = (url, response) => {
  const module = compile(url, response);
  return module.then(() => createConnect(wasmEngine(createGlue, () => module)));
};
