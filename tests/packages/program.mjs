// Programs that are run to their end.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { writeFiles } from './app.mjs';

/**
 * @param {string} folder
 * @param {string[]} command
 * @returns {Promise<{stdout: string, stderr: string, code: number | string}>} a signal's name where one has ended it
 */
export async function outputOf(folder, [program, ...args]) {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000, killSignal: 'SIGKILL' });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => { texts[name] += data; });
  const [code, signal] = await once(child, 'close');
  return { ...texts, code: signal ?? code };
}

/** Runs a module's text in Node, with arguments for it. */
export async function outputOfModule(folder, text, ...args) {
  await writeFiles(folder, { 'text.mjs': text });
  return outputOf(folder, [process.execPath, 'text.mjs', ...args]);
}

/** A server whose streams bring the path that was asked for, and stay open. @returns {Promise<{url: string, close: () => void}>} */
export async function startPaths() {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`data: ${request.url}\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
