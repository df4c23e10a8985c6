// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { compile } from './compile.js';
import { wasmEngine } from './wasm-engine.js';

/** One module for all instances. @type {WebAssembly.Module | undefined} */
let compiled;

/** @param {(error: Error | null, engine?: import('../core.js').Engine) => void} done */
export function load(done) {
  if (compiled) return done(null, wasmEngine(createGlue, compiled));
  compile(new URL('./eventsource.wasm', import.meta.url).href).then((module) => {
    compiled = module;
    done(null, wasmEngine(createGlue, module));
  }, done);
}
