// The core from this very file: no set-up in bundlers, no request.

import base64 from 'eventsource-wasm:binary';
import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { wasmEngine } from './wasm-engine.js';

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

export const connect = createConnect(wasmEngine(createGlue, getModule));

function getModule() {
  module = module || Promise.resolve(base64).then(decode).then((bytes) => WebAssembly.compile(bytes)).catch(failed);
  return module;
}

function decode(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function failed(error) {
  throw new Error(`the WebAssembly inside the script does not compile: ${error.message}`);
}

/** All is there. */
export function prepare() {}
