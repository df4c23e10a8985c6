// A `.wasm` file, compiled while it comes in where the server allows that.

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} rejects with an Error that names the URL
 */
export function compile(url) {
  return fetch(url).then(compileResponse).catch((error) => {
    throw new Error(`${url}: ${error.message}`);
  });
}

function compileResponse(response) {
  if (!response.ok) throw new Error(`the server answered with status ${response.status}`);
  if (WebAssembly.compileStreaming && response.headers.get('Content-Type') === 'application/wasm') {
    return WebAssembly.compileStreaming(response);
  }
  return response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
}
