// A server whose connections break as stream.js has it: each fault once, when the stream comes to where it is, whatever the client does
// in between. It goes on right after the client's last event ID.

import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { listening } from '../servers/listening.mjs';
import { EVENTS, faultsOf, textOf } from './stream.js';

/**
 * @param {number} seed
 * @returns {Promise<import('../servers/listening.mjs').Running & {counts: Record<string, number>}>} `counts`: how many requests there
 *   were, and what was done to them, and how many faults are left
 */
export async function startChaos(seed) {
  const faults = faultsOf(seed);
  const counts = { requests: 0, close: 0, reset: 0, end: 0, stall: 0, 'half-open': 0, silent: 0, refused: 0, left: faults.length };
  /** The answers to the next requests, before the stream goes on. */
  let answers = [];
  /** The request that has the stream: a client that begins another has given up the one before. */
  let latest;

  const server = createServer({ noDelay: true }, (request, response) => {
    if (request.url !== '/stream') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('A page');
    counts.requests++;
    latest = request;
    const answer = answers.shift();
    if (answer) return refuse(response, answer);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.flushHeaders();
    return send(request, response, Number(request.headers['last-event-id'] ?? 0) + 1);
  });
  return { ...await listening(server), counts };

  function refuse(response, { status, retryAfter }) {
    if (!status) counts.silent++;
    else {
      counts.refused++;
      response.writeHead(status, retryAfter ? { 'Retry-After': retryAfter } : {}).end();
    }
  }

  /** Sends the stream from this event on, up to the next fault. */
  async function send(request, response, first) {
    const [fault] = faults;
    const last = fault ? fault.event - 1 : EVENTS;
    let text = '';
    for (let n = first; n <= last; n++) text += textOf(seed, n);
    if (!fault) return response.write(text);
    const bytes = Buffer.from(textOf(seed, fault.event));
    response.write(Buffer.concat([Buffer.from(text), bytes.subarray(0, Math.floor(bytes.length * fault.part))]));
    await sleep(fault.pause);
    if (latest !== request || response.destroyed) return undefined;
    faults.shift();
    counts.left--;
    counts[fault.how]++;
    answers = [...fault.then];
    if (fault.how === 'close') request.socket.destroy();
    else if (fault.how === 'reset') request.socket.resetAndDestroy();
    else if (fault.how === 'end') response.end();
    else if (fault.how === 'half-open') abandon(request.socket);
    return undefined;
  }
}

/** As a server that has lost its power: nothing is sent any more, and nothing that comes is seen, the connection's end included. */
function abandon(socket) {
  socket.removeAllListeners();
  socket.on('error', () => {});
  socket.pause();
}
