// The core in WebAssembly.

/**
 * @param {Function} createGlue
 * @param {() => Promise<WebAssembly.Module>} getModule gives one module for all instances
 * @returns {import('../core.js').Engine}
 */
export function wasmEngine(createGlue, getModule) {
  return {
    createGlue,
    instantiate(imports, done) {
      getModule()
        .then((module) => WebAssembly.instantiate(module, imports))
        .then((instance) => instance.exports)
        .then((exports) => done(null, exports), done);
    },
  };
}
