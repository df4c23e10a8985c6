// The core in ES5, inside the file.

import { createInstance } from 'eventsource-wasm:es5';
import { createGlue } from 'eventsource-wasm:glue';

/** @type {import('../core.js').Engine} */
export const es5Engine = { createGlue, instantiate };

function instantiate(imports, done) {
  let exports;
  try {
    exports = createInstance(imports);
  } catch (error) {
    // There may be too little memory.
    done(error);
    return;
  }
  done(null, exports);
}
