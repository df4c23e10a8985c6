// The core in WebAssembly.

import { refused } from './refused.js';

/**
 * @param {Function} createGlue
 * @param {() => Promise<WebAssembly.Module>} getModule gives one module for all instances
 * @param {string} file what the module came from
 * @returns {import('../core.js').Engine}
 */
export function wasmEngine(createGlue, getModule, file) {
  return {
    createGlue,
    instantiate(imports, done) {
      getModule()
        // Some engines compile what their page's policy forbids, and refuse it only here.
        .then((module) => WebAssembly.instantiate(module, imports).catch(refused(file)))
        .then((instance) => instance.exports)
        .then((exports) => done(null, exports), (error) => done(new Error(error.message + hint(error.message))));
    },
  };
}

function hint(message) {
  return /unsafe-eval|code generation|content security/i.test(message)
    ? " (The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.)"
    : '';
}
