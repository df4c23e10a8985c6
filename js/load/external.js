// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { compile } from './compile.js';
import { needing } from './needs.js';
import { wasmEngine } from './wasm-engine.js';

/** @type {Promise<WebAssembly.Module> | null} */
let module = null;

export const connect = needing(['WebAssembly', 'fetch'], createConnect(wasmEngine(createGlue, getModule, 'eventsource.wasm')));

function getModule() {
  // In this very form bundlers know it.
  module = module || compile(new URL('./eventsource.wasm', import.meta.url).href);
  module.catch(() => {
    module = null;
  });
  return module;
}
