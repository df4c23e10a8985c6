// How the suite talks to the test server's control origin: the one thing here that a host without fetch has to replace.

/**
 * @param {'GET' | 'POST'} method
 * @param {string} url
 * @param {any} [body] sent as JSON text
 * @returns {Promise<any>} the JSON of the answer
 */
export async function transport(method, url, body) {
  const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'omit' });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
