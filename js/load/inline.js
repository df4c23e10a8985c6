// The core from this very file: no set-up in bundlers, no request.

import base64 from 'eventsource-wasm:binary';
import { createGlue } from 'eventsource-wasm:glue';

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module}>} */
export async function load() {
  module = module || WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  try {
    return { createGlue, module: await module };
  } catch (error) {
    throw new Error(`the WebAssembly inside the script does not compile: ${error.message}`);
  }
}
