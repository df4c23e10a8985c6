// The core from this very file: no set-up in bundlers, no request.

import base64 from 'eventsource-wasm:binary';
import { createGlue } from 'eventsource-wasm:glue';
import { createConnect } from '../core.js';
import { needing } from './needs.js';
import { refused } from './refused.js';
import { wasmEngine } from './wasm-engine.js';

const FILE = 'the WebAssembly inside the script';

/** @type {Promise<WebAssembly.Module> | undefined} */
let module;

/** Globals. */
export const needs = ['WebAssembly', 'atob'];
export const check = needing(needs);
export const connect = createConnect(wasmEngine(createGlue, getModule, FILE));

function getModule() {
  module = module || Promise.resolve(base64).then(decode).then((bytes) => WebAssembly.compile(bytes)).catch(refused(FILE));
  return module;
}

function decode(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** All is there. */
export function prepare() {}
