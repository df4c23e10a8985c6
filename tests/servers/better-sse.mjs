// better-sse on Node's own servers: HTTP/1.1, or HTTP/2 with TLS. It sends data as JSON: text that is not loses all but its first line.

import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { json } from 'node:stream/consumers';
import { createSession } from 'better-sse';
import { breakOff, gone, play } from './streams.mjs';
import { listening } from './listening.mjs';

/** @param {{key: string, cert: string}} [certificate] for HTTP/2 */
export function startBetterSse(certificate) {
  const handle = (request, response) => answer(request, response).catch((error) => response.destroy(error));
  return listening(certificate ? createSecureServer(certificate, handle) : createServer(handle), certificate && 'https');
}

async function answer(request, response) {
  const { pathname, search } = new URL(request.url, 'http://host');
  if (pathname === '/') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('A page');
  const texts = request.method === 'POST' ? await json(request) : undefined;
  const { authorization, 'last-event-id': lastEventId } = request.headers;
  const begin = async (heartbeat = null) => {
    const headers = { 'X-Protocol': `HTTP/${request.httpVersion}` };
    const session = await createSession(request, response, { keepAlive: heartbeat, retry: null, headers });
    return {
      send: ({ id, event, data }) => session.push(data, event, id),
      end: () => response.end(),
      drop: () => breakOff(response),
    };
  };
  await play(pathname.slice(1), { lastEventId, authorization, texts, query: search }, begin, (status) => response.writeHead(status).end());
  return gone(response);
}
