// The ES5 core from this very file.

import { createConnect } from '../core.js';
import { createGlue, instantiate } from './es5-engine.js';
import { needing } from './needs.js';

/** Globals. */
export const needs = [];
export const check = needing(needs);
export const connect = createConnect({ createGlue, instantiate });

/** All is there. */
export function prepare() {}
