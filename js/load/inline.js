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
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  // By far the fastest way while nothing is compiled yet.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** All is there. */
export function prepare() {}
