// The tree's own server: its process, its addresses, its end.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endWithRun } from '../process-group.mjs';
import { temporaryFolder } from '../temporary-folder.mjs';

/**
 * The host of the pages, which tests put labels in front of. Browsers resolve all of `.localhost` to the loopback by themselves,
 * and a name below it, not `localhost` itself, is what cookies of its subdomains are the same site as.
 */
export const HOST = 'web-platform.localhost';
const OTHER_HOST = 'not-web-platform.localhost';

/** Where the tree's server listens. The proxy has the same ports on 127.0.0.1, as pages have the numbers filled in. */
export const ADDRESS = '127.0.0.2';

const LAUNCHER = fileURLToPath(new URL('serve_http.py', import.meta.url));
const READY_WITHIN_MS = 60_000;

/**
 * Starts the server of a tree and waits until it answers.
 * @param {string} dir the tree
 * @param {number[]} ports two
 * @returns {Promise<{stop: () => Promise<void>}>}
 */
export async function serve(dir, ports) {
  const tree = resolve(dir);
  const { path: scratch, remove } = temporaryFolder('wpt');
  const config = join(scratch, 'config.json');
  await writeFile(config, JSON.stringify({
    browser_host: HOST,
    alternate_hosts: { alt: OTHER_HOST },
    server_host: ADDRESS,
    ports: { http: ports },
    check_subdomains: false, // Its own look at the hosts wants them in /etc/hosts.
  }));
  // -B: the tree stays as it is. A group of its own: the server is several processes.
  const child = spawn('python3', ['-B', LAUNCHER, tree, config], { cwd: tree, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  const failed = new Promise((_, reject) => child.once('error', (error) => reject(new Error(`python3: ${error.message}`))));
  const endGroup = endWithRun(child);
  const stop = async () => {
    endGroup();
    await remove();
  };
  try {
    await Promise.race([failed, Promise.all(ports.map((port) => listening(port, child)))]);
  } catch (error) {
    await stop();
    throw new Error(`the tree's tools/serve did not start: ${error.message}${said && `\n${said.trim()}`}`, { cause: error });
  }
  return { stop };
}

async function listening(port, child) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await connects(port)) return;
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    await sleep(50);
  }
  throw new Error(`nothing listens on ${ADDRESS}:${port} after ${READY_WITHIN_MS / 1000} s`);
}

function connects(port) {
  return new Promise((answer) => {
    const socket = connect(port, ADDRESS);
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
    socket.once('connect', () => socket.destroy());
  });
}
