// The core from the folder that the script tag's file came from: `core.js` and `eventsource.wasm`.

import { compile } from './compile.js';

/** Known only while the script runs for the first time. */
const folder = ownFolder();

/** @type {Promise<Function> | undefined} */
let glue;

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module}>} */
export async function load() {
  const [createGlue, module] = await Promise.all([loadGlue(), compile(`${folder}eventsource.wasm`)]);
  return { createGlue, module };
}

/** To be called while the script runs: a service worker takes no scripts later. */
export function prepare() {
  if (typeof ServiceWorkerGlobalScope === 'function') loadGlue();
}

function loadGlue() {
  glue = glue || runScript(`${folder}core.js`).then(takeGlue);
  glue.catch(() => {
    glue = undefined;
  });
  return glue;
}

/** What js/core-script.js has left on the global. */
function takeGlue() {
  const createGlue = self['eventsource-wasm'];
  delete self['eventsource-wasm'];
  return createGlue;
}

function runScript(url) {
  return new Promise((resolve, reject) => {
    if (typeof document !== 'object') {
      importScripts(url);
      return resolve();
    }
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve(script.remove());
    script.onerror = () => reject(new Error(`${url}: the script can't be loaded`));
    document.head.append(script);
  });
}

/** The folder of the running script, with its slash: of the script element's, or in a worker of the first on the stack. */
function ownFolder() {
  const url =
    typeof document === 'object' && document.currentScript
      ? document.currentScript.src
      : (new Error().stack || '').match(/\w+:\/\/[^\s()@]+?(?=:\d+:\d+\)?$)/m)[0];
  return url.replace(/[?#].*/, '').replace(/[^/]*$/, '');
}
