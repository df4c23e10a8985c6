// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { compile } from './compile.js';

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module}>} */
export async function load() {
  return { createGlue, module: await compile(new URL('./eventsource.wasm', import.meta.url).href) };
}
