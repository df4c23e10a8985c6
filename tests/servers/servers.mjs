// The servers: one row of the table each.

import { startBetterSse } from './better-sse.mjs';
import { startExpress } from './express.mjs';
import { startFastify } from './fastify.mjs';
import { started } from './listening.mjs';
import { startNginx } from './nginx.mjs';
import { HEARTBEAT, LONG } from './streams.mjs';

/**
 * @typedef {object} Server
 * @property {string} origin
 * @property {boolean} [isJson] its library sends data as JSON
 * @property {string} [broken] the reason that a connection which breaks off has, where that is not `network`
 * @property {Record<string, string>} [headers] what its answers must have, so that it is what it is meant to be
 */

/**
 * Starts them all.
 * @param {{axum: string, python: string}} programs
 * @param {Awaited<ReturnType<import('./certificate.mjs').makeCertificate>>} certificate
 * @returns {Promise<{servers: Record<string, Server>, close: () => Promise<void>}>} under the names of the table
 */
export async function startServers({ axum, python }, certificate) {
  const times = [HEARTBEAT, LONG].map(String);
  const running = [];
  const start = async (promise) => {
    const one = await promise;
    running.push(one);
    return one;
  };
  const origin = async (promise) => (await start(promise)).origin;
  try {
    const betterSse = await origin(startBetterSse());
    const { origins } = await start(startNginx(betterSse, certificate));
    const servers = {
      'better-sse': { origin: betterSse, isJson: true },
      'better-sse, HTTP/2': { origin: await origin(startBetterSse(certificate)), isJson: true, headers: { 'X-Protocol': 'HTTP/2.0' } },
      'express-sse': { origin: await origin(startExpress()), isJson: true },
      'express-sse, gzip': { origin: await origin(startExpress('gzip')), isJson: true, headers: { 'Content-Encoding': 'gzip' } },
      'express-sse, br': { origin: await origin(startExpress('br')), isJson: true, headers: { 'Content-Encoding': 'br' } },
      '@fastify/sse': { origin: await origin(startFastify()) },
      'sse-starlette': { origin: await origin(started(python, [new URL('sse-starlette.py', import.meta.url).pathname, ...times])) },
      axum: { origin: await origin(started(axum, times)) },
      'nginx, buffering': { origin: origins.buffering, isJson: true, broken: 'stream-ended' },
      'nginx, proxy_buffering off': { origin: origins['buffering-off'], isJson: true },
      'nginx, X-Accel-Buffering': { origin: origins['x-accel-buffering'], isJson: true },
      'nginx, gzip': { origin: origins.gzip, isJson: true, headers: { 'Content-Encoding': 'gzip' } },
      'nginx, HTTP/2': { origin: origins.http2, isJson: true, headers: { 'X-Protocol': 'HTTP/2.0' } },
    };
    return { servers, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function close() {
    await Promise.all(running.map((one) => one.close()));
  }
}
