// The ES5 core from this very file.

import { engine } from './es5-engine.js';

/** @param {(error: null, engine: import('../core.js').Engine) => void} done */
export function load(done) {
  done(null, engine);
}

/** All is there. */
export function prepare() {}
