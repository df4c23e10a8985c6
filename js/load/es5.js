// The ES5 core from this very file.

import { createInstance } from 'eventsource-wasm:es5';
import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';

export const connect = createConnect({ createGlue, instantiate });

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

/** All is there. */
export function prepare() {}
