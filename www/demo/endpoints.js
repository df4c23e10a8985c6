// The table of endpoints, as the page uses it.

/**
 * @typedef {object} Endpoint
 * @property {string} group
 * @property {string} title
 * @property {string} shows what a person sees there
 * @property {string} url as the page opens it: a path, or absolute where it is another origin
 * @property {boolean} withCredentials
 */

/**
 * @returns {Promise<{list: Endpoint[], types: string[], hasServer: boolean}>} the types are the names of all the streams'
 *   events; without a server, what the page is given to stand in for one has to answer
 */
export async function loadEndpoints() {
  const response = await fetch('endpoints.json');
  if (!response.ok) throw new Error(`endpoints.json: ${response.status}`);
  const { otherPort, endpoints } = await response.json();
  const otherOrigin = `${location.protocol}//${location.hostname}:${otherPort}`;
  const folder = new URL('.', location.href).pathname;
  return {
    list: endpoints.map(({ path, other, ...rest }) => ({ ...rest, url: other ? otherOrigin + path : folder + path.slice(1) })),
    types: [...new Set(endpoints.flatMap(({ types }) => types))],
    hasServer: otherPort !== undefined,
  };
}
