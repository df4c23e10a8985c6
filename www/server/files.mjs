// Files of a folder, by a path of the URL. It owns the rule of what may be read: nothing outside the folder, and only the
// kinds of files listed here, so the server's own `.mjs` files are not among them.

import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { sendText } from './text.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Sends the file at `path`, or a 404 that says what to do when it would have been built.
 * @param {import('node:http').ServerResponse} response a HEAD request gets no body from Node
 * @param {string} path of the URL, still percent-encoded
 * @param {Record<string, string>} folders a path's start -> the folder it stands for; the first that fits is taken
 */
export async function sendFile(response, path, folders) {
  const start = Object.keys(folders).find((start) => path.startsWith(start));
  const file = start && fileIn(folders[start], path.slice(start.length));
  const type = file && TYPES[extname(file)];
  try {
    if (!type) throw new Error('not for the web');
    const bytes = await readFile(file);
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length, 'Cache-Control': 'no-store' });
    response.end(bytes);
  } catch {
    sendText(response, 404, start === '/dist/' ? 'Not found. Was it built? Run: npm run build\n' : 'Not found.\n');
  }
}

function fileIn(folder, encoded) {
  let name;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const base = resolve(folder);
  const file = join(base, name);
  return file.startsWith(base + sep) && !name.includes('\0') ? file : undefined;
}
