// The core in WebAssembly.

/**
 * @param {Function} createGlue
 * @param {WebAssembly.Module} module
 * @returns {import('../core.js').Engine}
 */
export function wasmEngine(createGlue, module) {
  return {
    createGlue,
    instantiate(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => done(null, instance.exports), done);
    },
  };
}
