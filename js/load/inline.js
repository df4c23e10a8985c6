// The core from this very file: no set-up in bundlers, no request.

import base64 from 'eventsource-wasm:binary';
import { createGlue } from 'eventsource-wasm:glue';
import { refused } from './refused.js';

const FILE = 'the WebAssembly inside the script';

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/** Nothing has to be done while the script runs. */
export function prepare() {}

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module, file: string}>} */
export async function load() {
  module = module || WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  return { createGlue, module: await module.catch(refused(FILE)), file: FILE };
}
