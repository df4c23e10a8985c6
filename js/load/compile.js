// A `.wasm` file. It is compiled while it comes in, where its MIME type is right and the browser can do that.

import { refused } from './refused.js';

/**
 * @param {string} url
 * @returns {Promise<Response>}
 */
export function request(url) {
  // Pages replace `fetch`: it may throw.
  return new Promise((resolve) => resolve(fetch(url)));
}

/**
 * @param {string} url
 * @param {Promise<Response>} response what it answers
 * @returns {Promise<WebAssembly.Module>} rejects with an Error that names the URL
 */
export function compile(url, response) {
  return response
    .then((answer) => {
      if (!answer.ok) throw new Error(`the server answered with status ${answer.status}`);
      // Pages replace `fetch`: not each answer is one that streams.
      return WebAssembly.compileStreaming && answer instanceof Response && answer.headers.get('Content-Type') === 'application/wasm'
        ? WebAssembly.compileStreaming(answer)
        : answer.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
    })
    .catch(refused(url));
}
