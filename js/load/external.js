// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { compile } from './compile.js';
import { wasmEngine } from './wasm-engine.js';

/** @type {Promise<WebAssembly.Module> | null} */
let module = null;

export const connect = createConnect(wasmEngine(createGlue, getModule));

function getModule() {
  module = module || compile(new URL('./eventsource.wasm', import.meta.url).href);
  module.catch(() => {
    module = null;
  });
  return module;
}
