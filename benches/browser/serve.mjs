// Starts the server (server.mjs) in a process of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** @returns {Promise<{origin: string, stop: () => void}>} */
export async function startServer() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(createInterface(child.stdout), 'line');
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.stdin.end() };
}
