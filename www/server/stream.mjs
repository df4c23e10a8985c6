// One event stream being sent: from a body (an async generator of texts and bytes) to the socket, at the pace the client
// reads, until either side ends it. It knows nothing of what the body says.

import { once } from 'node:events';
import { setInterval as interval, setTimeout as timeout } from 'node:timers/promises';
import { DROP } from '../streams/bodies.js';

/**
 * Sends a stream. The body gets its clock from here (`sleep`, `every`), so that no timer outlives the client.
 * @param {import('node:http').ServerResponse} response
 * @param {Record<string, string>} headers
 * @param {(tools: {sleep: (ms: number) => Promise<void>, every: (ms: number) => AsyncIterable<void>}) => AsyncIterable<string | Uint8Array | symbol>} body
 * @param {Set<unknown>} live holds the response while the stream is being sent
 */
export async function sendStream(response, headers, body, live) {
  const gone = new AbortController();
  const { signal } = gone;
  live.add(response);
  response.once('close', () => {
    live.delete(response);
    gone.abort();
  });
  response.writeHead(200, headers);
  // Without this the headers would wait for the first event, and the client's `open` with them.
  response.flushHeaders();
  const sleep = (ms) => timeout(ms, undefined, { signal });
  const every = (ms) => interval(ms, undefined, { signal });
  try {
    for await (const piece of body({ sleep, every })) {
      if (response.destroyed) return;
      if (piece === DROP) {
        response.destroy();
        return;
      }
      // Backpressure: a client that reads slowly makes the body wait, not the server's memory grow.
      if (!response.write(piece)) await once(response, 'drain', { signal });
    }
    response.end();
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}
