// The demo's server: the page, the built files and the streams on one port, the same streams on a second port that the
// page meets as another origin. What each path answers stands in streams/endpoints.js. It listens on the loopback alone.

import { realpathSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sendFile } from './server/files.mjs';
import { sendStream } from './server/stream.mjs';
import { sendText } from './server/text.mjs';
import { answerEndpoint, describeEndpoints } from './streams/endpoints.js';

const HOST = '127.0.0.1';
const WWW = dirname(fileURLToPath(import.meta.url));

/**
 * Starts the demo. It rejects with an error whose message is one line for a person when it can't listen.
 * @param {object} [options]
 * @param {number} [options.port] the page, the built files and the streams; 0 takes a free one
 * @param {number} [options.otherPort] the streams again, as another origin; 0 takes a free one
 * @param {string} [options.root] the folder that holds `dist/`
 * @returns {Promise<{url: string, otherUrl: string, readonly liveStreams: number, close: () => Promise<void>}>}
 *   `liveStreams` counts the event streams that are being sent now
 */
export async function startDemo({ port = 8844, otherPort = 8845, root = dirname(WWW) } = {}) {
  const live = new Set();
  const folders = { '/dist/': `${root}/dist`, '/': WWW };
  const page = createServer((request, response) => answer(request, response, folders));
  const other = createServer((request, response) => answer(request, response, {}));

  await listen(page, port, 'PORT');
  try {
    await listen(other, otherPort, 'OTHER_PORT');
  } catch (error) {
    await stop(page);
    throw error;
  }
  return {
    url: `http://${HOST}:${page.address().port}/`,
    otherUrl: `http://${HOST}:${other.address().port}/`,
    get liveStreams() {
      return live.size;
    },
    async close() {
      await Promise.all([stop(page), stop(other)]);
    },
  };

  async function answer(request, response, folders) {
    // The path is taken as it came: `new URL` would hide a `..` in it.
    const [path, query = ''] = request.url.split('?', 2);
    const given = answerEndpoint(path, asked(request, query));
    if (given !== undefined) {
      send(response, await given);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendText(response, 405, 'Only GET and HEAD are known here.', { Allow: 'GET, HEAD' });
    } else if (path === '/endpoints.json' && folders['/']) {
      const table = { otherPort: other.address().port, endpoints: describeEndpoints() };
      sendText(response, 200, JSON.stringify(table, null, 2), { 'Content-Type': 'application/json' });
    } else {
      sendFile(response, path === '/' ? '/index.html' : path, folders);
    }
  }

  function asked(request, query) {
    const { method, headers } = request;
    // A cookie and a redirect must keep the name by which the page knows this host (localhost or 127.0.0.1).
    const hostname = (headers.host ?? HOST).replace(/:\d+$/, '');
    return {
      method,
      // A client that is gone before it has said all has said nothing.
      text: () => text(request).catch(() => ''),
      query: new URLSearchParams(query),
      lastEventId: headers['last-event-id'] ?? '',
      cookie: headers.cookie ?? '',
      origin: headers.origin ?? '',
      base: '/',
      otherOrigin: `http://${hostname}:${other.address().port}`,
    };
  }

  function send(response, answer) {
    if (!answer) {
      response.destroy();
    } else if (answer.body) {
      sendStream(response, answer.headers, answer.body, live);
    } else {
      response.writeHead(answer.status, answer.headers);
      response.end(answer.text);
    }
  }
}

function listen(server, port, variable) {
  return new Promise((resolve, reject) => {
    if (!(Number.isInteger(port) && port >= 0 && port <= 65535)) {
      reject(new Error(`${variable} must be a whole number from 0 to 65535.`));
      return;
    }
    server.once('error', (cause) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used (${cause.code})`;
      reject(new Error(`Port ${port} ${why}. Choose another with the environment variable ${variable}, as in: ${variable}=${port + 10} npm start`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
}

function stop(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

async function main() {
  try {
    const demo = await startDemo({ port: Number(process.env.PORT ?? 8844), otherPort: Number(process.env.OTHER_PORT ?? 8845) });
    console.log(`The demo is at ${demo.url} (another origin for CORS: ${demo.otherUrl}). Ctrl+C ends it.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
