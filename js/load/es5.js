// The ES5 core from this very file.

import { createConnect } from '../core.js';
import { createGlue, instantiate } from './es5-engine.js';
import { needing } from './needs.js';

export const connectCore = createConnect({ createGlue, instantiate });
export const connect = needing([], connectCore);

/** All is there. */
export function prepare() {}
