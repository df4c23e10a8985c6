// The core as a WebAssembly module that workerd compiles by itself, when the worker is deployed: it refuses to compile bytes.

import { createGlue } from 'eventsource-wasm:glue';
import module from 'eventsource-wasm:binary';
import { createConnect } from '../core.js';
import { needing } from './needs.js';

/** Globals. */
export const needs = [];
export const check = needing(needs);
export const connect = createConnect({ createGlue, instantiate });

/** At once, so that no request waits for a promise of another one. */
function instantiate(imports, done) {
  let exports;
  try {
    exports = new WebAssembly.Instance(module, imports).exports;
  } catch (error) {
    done(error);
    return;
  }
  done(null, exports);
}

/** All is there. */
export function prepare() {}
