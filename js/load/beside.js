// The core from the folder that the script tag's file came from: `core.js` and `eventsource.wasm`.

import { compile } from './compile.js';
import { refused } from './refused.js';

/** The script element, where there is one, and the folder it came from. */
let script;
let folder;

/** @type {Promise<Function> | undefined} */
let glue;

/** To be called while the script runs: later nobody knows where it came from, and a service worker takes no scripts. */
export function prepare() {
  const current = typeof document === 'object' ? document.currentScript : null;
  // An element of that name can stand in for it.
  script = current && current.tagName === 'SCRIPT' ? current : null;
  folder = script ? folderOf(script.src) : folderOnStack();
  if (typeof ServiceWorkerGlobalScope === 'function') loadGlue();
}

/** @returns {Promise<{createGlue: Function, module: WebAssembly.Module, file: string}>} */
export async function load() {
  if (folder === undefined) throw new Error('core.js and eventsource.wasm: the folder of the script is not known');
  const file = `${folder}eventsource.wasm`;
  const [createGlue, module] = await Promise.all([loadGlue(), compile(file)]);
  return { createGlue, module, file };
}

function loadGlue() {
  const url = `${folder}core.js`;
  glue = glue || runScript(url).then(takeGlue).catch(refused(url));
  glue.catch(() => {
    glue = undefined;
  });
  return glue;
}

/** What js/core-script.js has left on the global. */
function takeGlue() {
  const createGlue = self['eventsource-wasm'];
  delete self['eventsource-wasm'];
  if (!createGlue) throw new Error('it is not the script that belongs here');
  return createGlue;
}

function runScript(url) {
  return new Promise((resolve, reject) => {
    if (typeof document !== 'object') {
      importScripts(url);
      return resolve();
    }
    const element = document.createElement('script');
    if (script) {
      // A policy or a CDN that lets the one in lets the other in as well.
      element.nonce = script.nonce;
      element.crossOrigin = script.crossOrigin;
    }
    element.src = url;
    element.onload = () => resolve(element.remove());
    element.onerror = () => reject(new Error("the script can't be loaded"));
    document.head.append(element);
  });
}

/** Without the file's name, query and fragment. */
function folderOf(url) {
  return url.replace(/[?#].*/, '').replace(/[^/]*$/, '');
}

/** The folder of the running script by the first line of the stack, `... URL:line:column` in all engines. */
function folderOnStack() {
  const place = /\w+:\/\/.*?(?=:\d+:\d+\)?\s*$)/m.exec(new Error().stack || '');
  return place ? folderOf(place[0]) : undefined;
}
