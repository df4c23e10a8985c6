// What each server of these tests answers, whatever it is written with. Its library does the rest: those in Node are told what to send
// by `play`, those in Python and Rust say the same in their own words.
//
//   GET  /            a page of no use but for its origin
//   GET  /auth        the token that is good for event n is "Bearer n", any other gets 401; it sends that one event and ends
//   POST /answer      the body is a JSON list of texts: each comes back as an event "text"; then it ends
//   GET  /feed        the ten events after Last-Event-ID, but none after LAST, and ends
//   GET  /drop        the same, but PAUSE later it breaks off, in the middle of an event where the library lets it
//   GET  /heartbeats  an event, heartbeats by the library's own means, and after LONG another event
//   GET  /silent      the event after Last-Event-ID, and nothing more
//
// Event n is `id: n`, `data: tick n`. Whatever does not end stays open until the client goes. Without the pause each break could take with it
// all that came just before, for ever: a broken body loses what has not been read.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds from one heartbeat to the next. */
export const HEARTBEAT = 200;
/** Milliseconds without an event, with heartbeats. */
export const LONG = 3000;

/** Milliseconds in which a client reads what has come. */
const PAUSE = 50;
const LAST = 40;
const AT_ONCE = 10;
/** So many that they fill a proxy's buffers several times, and the last one only in part. */
const LATE = 2001;

/** Those who wait at /late. @type {Map<string, () => void>} */
const waiting = new Map();

/**
 * @typedef {object} Stream one response, in the hands of a library
 * @property {(event: {id?: string, event?: string, data: string}) => unknown} send
 * @property {() => unknown} end
 * @property {() => unknown} drop breaks the connection off
 *
 * @param {string} name the path without the slash
 * @param {{lastEventId?: string, authorization?: string, texts?: string[], query: string}} request
 * @param {(heartbeat?: number) => Stream | Promise<Stream>} begin
 * @param {(status: number) => unknown} refuse
 */
export async function play(name, { lastEventId = '', authorization, texts, query }, begin, refuse) {
  const next = Number(lastEventId) + 1;
  const tick = (id) => ({ id: String(id), data: `tick ${id}` });
  if (name === 'auth') {
    if (authorization !== `Bearer ${next}`) return refuse(401);
    const stream = await begin();
    await stream.send(tick(next));
    return stream.end();
  }
  if (name === 'answer') {
    const stream = await begin();
    for (const data of texts) await stream.send({ event: 'text', data });
    return stream.end();
  }
  if (name === 'feed' || name === 'drop') {
    const stream = await begin();
    const end = Math.min(LAST + 1, next + AT_ONCE);
    for (let id = next; id < end; id++) await stream.send(tick(id));
    if (name === 'feed') return stream.end();
    await sleep(PAUSE);
    return stream.drop();
  }
  if (name === 'heartbeats') {
    const stream = await begin(HEARTBEAT);
    await stream.send(tick(1));
    await sleep(LONG);
    return stream.send(tick(2));
  }
  if (name === 'silent') {
    const stream = await begin();
    return stream.send(tick(next));
  }
  // For a proxy that buffers: it ends when somebody asks for /release.
  if (name === 'late') {
    const stream = await begin();
    for (let id = 1; id <= LATE; id++) stream.send(tick(id));
    await new Promise((resolve) => waiting.set(query, resolve));
    return stream.end();
  }
  if (name === 'release') waiting.get(query)?.();
  return refuse(204);
}

/** Breaks an HTTP/1.1 or HTTP/2 response off in the middle of an event, which `write` has to bring to the client. */
export async function breakOff(response, write = (text) => response.write(text)) {
  const { socket } = response.stream?.session ?? response;
  const before = socket.bytesWritten;
  write('id: 0\ndata: never fin');
  while (socket.bytesWritten === before && !socket.destroyed) await sleep(1);
  if (response.stream) response.stream.close(2);
  else socket.destroy();
}

/** When the client has gone. */
export function gone(response) {
  return response.destroyed || response.closed ? undefined : once(response, 'close');
}
