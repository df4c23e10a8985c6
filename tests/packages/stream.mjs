// A stream of one message.

/**
 * @param {{origin: string, controlOrigin: string}} server see ../server.mjs
 * @returns {Promise<string>} its URL
 */
export async function streamOfOneMessage({ origin, controlOrigin }) {
  const head = { head: { status: 200, headers: { 'Content-Type': 'text/event-stream' } } };
  const body = JSON.stringify({ responses: [[head, { write: 'id: 7\ndata: it works\n\n' }]], last: 'repeat' });
  const { path } = await (await fetch(`${controlOrigin}/scenarios`, { method: 'POST', body })).json();
  return origin + path;
}
