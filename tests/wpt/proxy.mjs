// Stands between the browser and the tree's server: passes bytes through as they come, and puts the build in place on the way.

import http from 'node:http';
import { PREFIX } from './injection.mjs';
import { ADDRESS } from './server.mjs';

/** Headers of one connection, which say nothing to the other. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding']);

const PAGES = new Set(['document', 'iframe', 'frame']);
const WORKERS = new Set(['worker', 'sharedworker', 'serviceworker']);

/** The file that web-platform-tests leaves to those who run it: it hands the results over. */
const REPORT_PATH = '/resources/testharnessreport.js';

/** The global that the results are in once a page is done. */
export const RESULTS = '__eventsourceWasmResults';
const REPORT = `add_completion_callback((tests, harness) => {
  self.${RESULTS} = {
    harness: { status: harness.status, message: harness.message },
    tests: tests.map(({ name, status, message }) => ({ name, status, message })),
  };
});
`;

/**
 * Listens on the loopback and passes everything to the same port of the tree's server.
 * @param {number} port
 * @param {Awaited<ReturnType<typeof import('./injection.mjs').injection>>} build
 * @returns {Promise<{changed: Set<string>, stop: () => Promise<void>}>} `changed`: the paths that the build was put into
 */
export function proxy(port, build) {
  const changed = new Set();
  const server = http.createServer({ insecureHTTPParser: true, requestTimeout: 0 }, (request, response) => {
    const path = request.url.split('?')[0];
    if (path === REPORT_PATH) return answer(response, { type: 'text/javascript', body: Buffer.from(REPORT) });
    if (build && path.startsWith(PREFIX)) return build.file(path.slice(PREFIX.length)).then((file) => answer(response, file));
    pass(port, request, response, build && changeFor(request, build, changed));
  });
  server.keepAliveTimeout = 1000;
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve({
      changed,
      stop: () => new Promise((stopped) => {
        server.close(stopped);
        server.closeAllConnections();
      }),
    }));
  });
}

function answer(response, file) {
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.length, 'Cache-Control': 'no-store' }).end(file.body);
}

/** What is done to the body of the answer, if anything. */
function changeFor(request, build, changed) {
  const path = request.url.split('?')[0];
  const destination = destinationOf(request, path);
  if (PAGES.has(destination)) {
    // A page may be a worker's script too, so the type is looked at, not the name.
    return (type, body) => (/^text\/html\b/i.test(type) ? (changed.add(path), build.page(body)) : body);
  }
  if (WORKERS.has(destination)) return (type, body) => (changed.add(path), build.worker(body));
}

/** What the browser wants it for; an engine that does not say is guessed at from what it accepts and from the name. */
function destinationOf({ headers }, path) {
  if (headers['sec-fetch-dest']) return headers['sec-fetch-dest'];
  if (path.endsWith('.worker.js')) return 'worker';
  return headers.accept?.startsWith('text/html') ? 'document' : '';
}

function pass(port, request, response, change) {
  const upstream = http.request({
    host: ADDRESS,
    port,
    method: request.method,
    path: request.url,
    // As raw pairs: names, order, repetition and bytes stay, so that a test of what was sent sees what was sent.
    headers: [...endToEnd(request.rawHeaders), 'Connection', 'close'],
    agent: false,
    insecureHTTPParser: true,
  });
  // Whichever side goes away takes the other with it.
  response.once('close', () => upstream.destroy());
  let answered;
  upstream.on('error', () => {
    // Bytes behind a whole answer, as behind a 204 with a body, are an error that a browser does not mind either.
    if (!answered?.complete) response.destroy();
  });
  upstream.once('response', (message) => {
    answered = message;
    answered.once('error', () => response.destroy());
    if (change && answered.statusCode === 200 && !answered.headers['content-encoding']) sendChanged(answered, response, change);
    else sendAsItComes(answered, response);
  });
  request.pipe(upstream);
}

function sendAsItComes(answered, response) {
  response.sendDate = false;
  // An answer without a length ends with its connection; chunks would tell the client where it ends, which the server did not.
  response.useChunkedEncodingByDefault = 'transfer-encoding' in answered.headers;
  response.writeHead(answered.statusCode, answered.statusMessage, endToEnd(answered.rawHeaders));
  // Sends them now. flushHeaders() would do so too, but encode their bytes a second time.
  response.write(Buffer.alloc(0));
  answered.pipe(response);
}

async function sendChanged(answered, response, change) {
  const chunks = [];
  try {
    for await (const chunk of answered) chunks.push(chunk);
  } catch {
    return response.destroy();
  }
  const body = change(answered.headers['content-type'] ?? '', Buffer.concat(chunks));
  response.sendDate = false;
  const headers = endToEnd(answered.rawHeaders, new Set([...HOP_BY_HOP, 'content-length']));
  response.writeHead(answered.statusCode, answered.statusMessage, [...headers, 'Content-Length', body.length]).end(body);
}

/** Raw headers without those named, which are of one connection only. */
function endToEnd(rawHeaders, dropped = HOP_BY_HOP) {
  return rawHeaders.filter((_, i) => !dropped.has(rawHeaders[i - (i % 2)].toLowerCase()));
}
