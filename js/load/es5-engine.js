// An instance of the core in ES5.

import { createInstance } from 'eventsource-wasm:es5';

export function instantiate(imports, done) {
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

export { createGlue } from 'eventsource-wasm:glue';
