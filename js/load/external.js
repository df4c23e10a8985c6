// The core from `eventsource.wasm` beside this module.

import { createGlue } from 'eventsource-wasm:glue';
import { compile } from './compile.js';

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module, file: string}>} */
export async function load() {
  const file = new URL('./eventsource.wasm', import.meta.url).href;
  return { createGlue, module: await compile(file), file };
}
