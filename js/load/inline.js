// The core from this very file: no set-up in bundlers, no request.

import base64 from 'eventsource-wasm:binary';
import { createGlue } from 'eventsource-wasm:glue';
import { wasmEngine } from './wasm-engine.js';

/** One module for all instances. @type {WebAssembly.Module | undefined} */
let compiled;

/** @param {(error: Error | null, engine?: import('../core.js').Engine) => void} done */
export function load(done) {
  if (compiled) return done(null, wasmEngine(createGlue, compiled));
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  // A Promise first: where there is no WebAssembly, that is the failure.
  Promise.resolve(bytes).then((buffer) => WebAssembly.compile(buffer)).then((module) => {
    compiled = module;
    done(null, wasmEngine(createGlue, module));
  }, (error) => done(new Error(`the WebAssembly inside the script does not compile: ${error.message}`)));
}

/** All is there. */
export function prepare() {}
