// Servers that listen on a free port, in this process or in one of their own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atEndOfRun } from '../../scripts/end-of-run.mjs';

/**
 * @typedef {object} Running
 * @property {string} origin
 * @property {() => Promise<unknown>} close ends it with all its connections
 */

/**
 * @param {import('node:net').Server} server
 * @returns {Promise<Running>}
 */
export async function listening(server, scheme = 'http') {
  const sockets = new Set();
  for (const type of ['connection', 'secureConnection']) {
    server.on(type, (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
  }
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `${scheme}://127.0.0.1:${server.address().port}`,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/**
 * Starts a program that prints its origin as its first line, when it listens.
 * @returns {Promise<Running>}
 */
export async function started(program, args = []) {
  const { child, close } = start(program, args);
  const lines = createInterface(child.stdout);
  const ended = once(child, 'close').then(([code]) => { throw new Error(`${program} ended with code ${code}`); });
  const [origin] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => {});
  return { origin, close };
}

/** Starts a program that is ended with this process at the latest. What it says on its standard error is shown. */
export function start(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = atEndOfRun(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  ended.catch(() => {});
  const close = async () => {
    kill();
    await ended;
  };
  return { child, close };
}
