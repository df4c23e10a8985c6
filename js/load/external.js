// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { compile, request } from './compile.js';
import { needing } from './needs.js';
import { refused } from './refused.js';
import { wasmEngine } from './wasm-engine.js';

const FILE = 'eventsource.wasm';

/** @type {Promise<WebAssembly.Module> | null} */
let module = null;

/** Globals. */
export const needs = ['WebAssembly', 'fetch'];
export const check = needing(needs);
export const connect = createConnect(wasmEngine(createGlue, getModule, FILE));

function getModule() {
  module = module || Promise.resolve()
    // In this very form bundlers know it. In a script there is no such URL.
    .then(() => new URL('./eventsource.wasm', import.meta.url).href)
    .catch(refused(FILE))
    .then((url) => compile(url, request(url)));
  module.catch(() => {
    module = null;
  });
  return module;
}
