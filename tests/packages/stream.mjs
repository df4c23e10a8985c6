// A stream of one message.

/**
 * @param {{origin: string, controlOrigin: string}} server see ../server.mjs
 * @param {Record<string, string>} [headers] of the response, beside its type
 * @returns {Promise<string>} its URL
 */
export async function streamOfOneMessage({ origin, controlOrigin }, headers = {}) {
  const head = { head: { status: 200, headers: { 'Content-Type': 'text/event-stream', ...headers } } };
  const body = JSON.stringify({ responses: [[head, { write: 'id: 7\ndata: it works\n\n' }]], last: 'repeat' });
  const { path } = await (await fetch(`${controlOrigin}/scenarios`, { method: 'POST', body })).json();
  return origin + path;
}
