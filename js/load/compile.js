// A `.wasm` file, compiled while it comes in where the server allows that.

import { refused } from './refused.js';

/** @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} one module for all instances; rejects with an Error that names the URL
 */
export function compile(url) {
  if (!modules.has(url)) {
    const module = fetchAndCompile(url).catch((error) => {
      modules.delete(url);
      return refused(url)(error);
    });
    modules.set(url, module);
  }
  return modules.get(url);
}

async function fetchAndCompile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered with status ${response.status}`);
  if (WebAssembly.compileStreaming && response.headers.get('Content-Type') === 'application/wasm') {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}
