// Scripts from the folder that the script tag's file came from.

import { attributes, folder } from './folder.js';

const GLOBAL = 'eventsource-wasm';

/**
 * Runs a script, in a later task.
 * @param {string} file
 * @param {(error: Error | null, value?: any) => void} done takes what the script has left on the global
 */
export function runScript(file, done) {
  if (typeof document === 'object') addScript(file, done);
  else setTimeout(() => runInWorker(file, done));
}

function addScript(file, done) {
  const script = document.createElement('script');
  Object.keys(attributes).forEach((name) => script.setAttribute(name, attributes[name]));
  script.onload = () => {
    script.parentNode.removeChild(script);
    take(file, done);
  };
  script.onerror = () => notLoaded(file, done);
  script.src = folder + file;
  document.getElementsByTagName('head')[0].appendChild(script);
}

/** Runs it now. */
export function runInWorker(file, done) {
  try {
    importScripts(folder + file);
  } catch {
    // Then it has left nothing.
  }
  take(file, done);
}

function notLoaded(file, done) {
  done(new Error(`${folder}${file}: the script can't be loaded`));
}

function take(file, done) {
  const value = self[GLOBAL];
  delete self[GLOBAL];
  if (value) done(null, value);
  else notLoaded(file, done);
}
