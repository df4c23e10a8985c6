// The core in ES5.

import { createInstance } from 'eventsource-wasm:es5';
import { createGlue } from 'eventsource-wasm:glue';

/** @type {import('../core.js').Engine} */
export const engine = {
  createGlue,
  instantiate(imports, done) {
    let exports;
    try {
      exports = createInstance(imports);
    } catch (error) {
      done(error);
      return;
    }
    done(null, exports);
  },
};
