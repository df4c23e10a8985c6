// The server's table of endpoints, as the page uses it.

/**
 * @typedef {object} Endpoint
 * @property {string} group
 * @property {string} title
 * @property {string} shows what a person sees there
 * @property {string} url as the page opens it: a path, or absolute where it is another origin
 * @property {boolean} withCredentials
 */

/**
 * @returns {Promise<{list: Endpoint[], types: string[]}>} the types are the names of all the streams' events
 */
export async function loadEndpoints() {
  const response = await fetch('endpoints.json');
  if (!response.ok) throw new Error(`endpoints.json: ${response.status}`);
  const { otherPort, endpoints } = await response.json();
  const otherOrigin = `${location.protocol}//${location.hostname}:${otherPort}`;
  return {
    list: endpoints.map(({ path, other, ...rest }) => ({ ...rest, url: other ? otherOrigin + path : path })),
    types: [...new Set(endpoints.flatMap(({ types }) => types))],
  };
}
