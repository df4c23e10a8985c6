// The core from the folder that the script tag's file came from: `core.js` and `eventsource.wasm`; where there is no
// WebAssembly, or it is forbidden by the page's Content-Security-Policy, or it can't be had, `core.es5.js`.

import { compile } from './compile.js';
import { folder } from './folder.js';
import { runScript } from './script.js';
import { wasmEngine } from './wasm-engine.js';

const WASM_SCRIPT = 'core.js';
const ES5_SCRIPT = 'core.es5.js';

/** What has been loaded: for further instances. @type {import('../core.js').Engine | undefined} */
let loaded;

/** Script -> what it has left. */
const kept = {};

/** @param {(error: Error | null, engine?: import('../core.js').Engine) => void} done */
export function load(done) {
  if (loaded) return done(null, loaded);
  const finish = (error, engine) => {
    loaded = engine;
    done(error, engine);
  };
  if (!isWasmAllowed()) return get(ES5_SCRIPT, finish);
  loadWasm((error, engine) => {
    if (!error) return finish(null, engine);
    get(ES5_SCRIPT, (second, fallback) => finish(second && new Error(`${error.message}; ${second.message}`), fallback));
  });
}

/** To be called in the script's first run: a service worker refuses new scripts later. */
export function prepare() {
  if (typeof ServiceWorkerGlobalScope === 'undefined') return;
  // What fails now is told when a source asks for it.
  get(isWasmAllowed() ? WASM_SCRIPT : ES5_SCRIPT, () => {});
}

function get(script, done) {
  if (kept[script]) return done(null, kept[script]);
  runScript(script, (error, value) => {
    kept[script] = value;
    done(error, value);
  });
}

/** Script and WebAssembly at once. */
function loadWasm(done) {
  const compiled = compile(`${folder}eventsource.wasm`);
  // Told below, if the script is there.
  compiled.catch(() => {});
  get(WASM_SCRIPT, (error, createGlue) => {
    if (error) return done(error);
    compiled.then((module) => done(null, wasmEngine(createGlue, module)), done);
  });
}

/** Whether an empty module compiles. */
function isWasmAllowed() {
  try {
    return Boolean(new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])));
  } catch {
    return false;
  }
}
