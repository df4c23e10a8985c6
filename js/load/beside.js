// The core from the folder that the script tag's file came from: `core.js` and `eventsource.wasm`; where there is no
// WebAssembly, or it is forbidden by the page's Content-Security-Policy, or it can't be had, `core.es5.js`.

import { failedToLoad } from '../log.js';
import { domException } from '../dom-exception.js';
import { request } from './compile.js';
import { folder } from './folder.js';
import { runInWorker, runScript } from './script.js';

/** Of the core, once it is there. @type {((source: import('../source.js').Source) => void) | undefined} */
let connectLoaded;

/** The sources that wait for it. @type {import('../source.js').Source[]} */
const waiting = [];

/** Script -> what it has left on the global. */
const left = {};

/** See js/load/needs.js, for which there is no room here: what comes without streams is told by the core. */
export function check() {
  if (!self.fetch && !self.XMLHttpRequest) throw domException("Failed to construct 'EventSource': there is no fetch and no XMLHttpRequest.", 'NotSupportedError', 9);
}

/** @param {import('../source.js').Source} source */
export function connect(source) {
  if (connectLoaded) {
    connectLoaded(source);
    return;
  }
  waiting.push(source);
  if (waiting.length > 1) return;
  if (canHaveWasm()) loadWasm();
  else loadEs5('');
}

/** To be called in the script's first run: a service worker refuses new scripts later. */
export function prepare() {
  if (typeof ServiceWorkerGlobalScope === 'undefined') return;
  const file = canHaveWasm() ? 'core.js' : 'core.es5.js';
  runInWorker(file, (error, value) => {
    // What fails is tried again, and told, when a source asks for it.
    left[file] = value;
  });
}

/** Script and WebAssembly at once. */
function loadWasm() {
  const url = `${folder}eventsource.wasm`;
  const response = request(url);
  // Told by the script's failure, when that fails as well.
  response.catch(() => {});
  const failed = (error) => loadEs5(`${error.message}; `);
  get('core.js', failed, (load) => load(url, response).then(ready, failed));
}

function loadEs5(reasons) {
  get(
    'core.es5.js',
    (error) => {
      failedToLoad(reasons + error.message);
      waiting.splice(0).forEach((source) => source.fail());
    },
    (createConnect) => ready(createConnect()),
  );
}

function ready(connectCore) {
  connectLoaded = connectCore;
  waiting.splice(0).forEach(connectCore);
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

/** Whether its file can be fetched, and an empty module compiles. */
function canHaveWasm() {
  try {
    return self.fetch && new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  } catch {
    return false;
  }
}
