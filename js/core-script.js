// The core's JavaScript as a script of its own, for js/load/beside.js to take from the global.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from './core.js';
import { wasmEngine } from './load/wasm-engine.js';

/** @param {Promise<WebAssembly.Module>} module */
self['eventsource-wasm'] = (module) => createConnect(wasmEngine(createGlue, () => module));
