// A `.wasm` file. It is small: to compile it while it comes in would gain nothing, and needs its MIME type to be right.

import { refused } from './refused.js';

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} rejects with an Error that names the URL
 */
export function compile(url) {
  return new Promise((resolve) => resolve(fetch(url)))
    .then((response) => {
      if (!response.ok) throw new Error(`the server answered with status ${response.status}`);
      return response.arrayBuffer();
    })
    .then((bytes) => WebAssembly.compile(bytes))
    .catch(refused(url));
}
