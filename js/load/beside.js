// The core from the folder that the script tag's file came from: `core.js` and `eventsource.wasm`; where there is no
// WebAssembly, or it is forbidden by the page's Content-Security-Policy, or it can't be had, `core.es5.js`.

import { failedToLoad } from '../log.js';
import { compile } from './compile.js';
import { folder } from './folder.js';
import { runInWorker, runScript } from './script.js';

/** Of the core, once it is there. @type {((source: import('../source.js').Source) => void) | undefined} */
let connectLoaded;

/** The sources that wait for it. @type {import('../source.js').Source[]} */
let waiting = [];

/** Script -> what it has left on the global. */
const left = {};

/** @param {import('../source.js').Source} source */
export function connect(source) {
  if (connectLoaded) {
    connectLoaded(source);
    return;
  }
  waiting.push(source);
  if (waiting.length > 1) return;
  if (isWasmAllowed()) loadWasm();
  else loadEs5('');
}

/** To be called in the script's first run: a service worker refuses new scripts later. */
export function prepare() {
  if (typeof ServiceWorkerGlobalScope === 'undefined') return;
  const file = isWasmAllowed() ? 'core.js' : 'core.es5.js';
  runInWorker(file, (error, value) => {
    // What fails is tried again, and told, when a source asks for it.
    left[file] = value;
  });
}

/** Script and WebAssembly at once. */
function loadWasm() {
  const compiled = compile(`${folder}eventsource.wasm`);
  const failed = (error) => loadEs5(`${error.message}; `);
  // Told by the script's failure, when that fails as well.
  compiled.catch(() => {});
  get('core.js', failed, (createConnect) => compiled.then(() => ready(createConnect(compiled)), failed));
}

function loadEs5(reasons) {
  get(
    'core.es5.js',
    (error) => {
      failedToLoad(new Error(reasons + error.message));
      take().forEach((source) => source.fail());
    },
    (createConnect) => ready(createConnect()),
  );
}

function ready(connectCore) {
  connectLoaded = connectCore;
  take().forEach(connectCore);
}

function take() {
  const sources = waiting;
  waiting = [];
  return sources;
}

function get(file, failed, done) {
  if (left[file]) {
    done(left[file]);
    return;
  }
  runScript(file, (error, value) => {
    left[file] = value;
    if (error) failed(error);
    else done(value);
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
