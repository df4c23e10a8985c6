// The ES5 core from this very file.

import { createConnect } from '../core.js';
import { es5Engine } from './es5-engine.js';
import { needing } from './needs.js';

export const connect = needing([], createConnect(es5Engine));

/** All is there. */
export function prepare() {}
