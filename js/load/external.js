// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { compile } from './compile.js';
import { wasmEngine } from './wasm-engine.js';

/** @type {Promise<WebAssembly.Module> | null} */
let module = null;

const FILE = new URL('./eventsource.wasm', import.meta.url).href;

export const connect = createConnect(wasmEngine(createGlue, getModule, FILE));

function getModule() {
  module = module || compile(FILE);
  module.catch(() => {
    module = null;
  });
  return module;
}
