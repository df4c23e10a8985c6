// Scripts from the folder that the script tag's file came from.

import { attributes, folder } from './folder.js';

const GLOBAL = 'eventsource-wasm';

/**
 * Runs a script, and takes what it has left on the global.
 * @param {string} file
 * @param {(error: Error | null, value?: any) => void} done
 */
export function runScript(file, done) {
  const url = folder + file;
  const take = () => {
    const value = self[GLOBAL];
    delete self[GLOBAL];
    if (value) done(null, value);
    else done(new Error(`${url}: the script does not run`));
  };
  if (typeof document !== 'object') {
    try {
      importScripts(url);
    } catch (error) {
      done(new Error(`${url}: ${error.message}`));
      return;
    }
    take();
    return;
  }
  const script = document.createElement('script');
  Object.keys(attributes).forEach((name) => script.setAttribute(name, attributes[name]));
  script.onload = () => {
    script.parentNode.removeChild(script);
    take();
  };
  script.onerror = () => done(new Error(`${url}: the script can't be loaded`));
  script.src = url;
  document.getElementsByTagName('head')[0].appendChild(script);
}
