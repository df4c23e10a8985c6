// The site of the legacy tests: pages that report what they found, the builds in several folders, and event streams.
//   /page/N                    a page of visit()
//   /worker/N                  its worker's script, when it has one
//   /dist/FILE                 the builds; the same at /moved/FILE; at /partial/FILE without any .wasm; at /ie/FILE as for IE
//   /stream/NAME?chunk=n       the bytes of `streams` under this name, in writes of n bytes
//   /pour?bytes=n&burst=m      numbered events of a kilobyte each, n bytes in all, going on after the Last-Event-ID; a response's
//                              first m bytes at once, the others one by one
//   /open                      one event; stays open (`openStreams` says how many do)

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { ieFile } from './builds.mjs';

const EVENT_STREAM = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };
const SCRIPT = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
const FILLING = 'x'.repeat(1000);

export class Site {
  /** Name -> bytes of /stream/NAME. @type {Map<string, Buffer>} */
  streams = new Map();

  /** Of every request so far; `ended` is when the response's last byte was written. @type {{path: string, headers: object, begun: number, ended?: number}[]} */
  requests = [];

  openStreams = 0;

  #pages = [];
  #servers = [];

  async start() {
    this.origin = await this.#listen();
    this.otherOrigin = await this.#listen();
  }

  async #listen() {
    const server = createServer((request, response) => {
      this.#serve(request, response).catch((error) => response.writeHead(500).end(String(error.stack)));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#servers.push(server);
    return `http://127.0.0.1:${server.address().port}`;
  }

  async close() {
    for (const server of this.#servers) server.closeAllConnections();
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  /**
   * Opens a page and waits for what its script gives to `report`; an uncaught error rejects.
   * @param {{open: (url: string) => Promise<void>}} browser
   * @param {{html: string, worker?: string, headers?: object, within?: number}} page ES5; `report` is a function in both scripts
   * @returns {Promise<{value: any, paths: string[]}>} and the paths of the requests that were made meanwhile
   */
  async visit(browser, { html, worker, headers = {}, within = 60_000 }) {
    const first = this.requests.length;
    let timer;
    const reported = new Promise((resolve, reject) => {
      this.#pages.push({ html, worker, headers, resolve, reject });
      timer = setTimeout(() => reject(new Error(`the page reported nothing within ${within / 1000} s`)), within);
    });
    await browser.open(`${this.origin}/page/${this.#pages.length - 1}`);
    const value = await reported.finally(() => clearTimeout(timer));
    return { value, paths: this.requests.slice(first).map(({ path }) => path) };
  }

  async #serve(request, response) {
    const url = new URL(request.url, this.origin);
    const [, folder, name] = url.pathname.split('/');
    if (folder === 'report') return this.#report(Number(name), request, response);
    const entry = { path: url.pathname, headers: request.headers, begun: performance.now() };
    this.requests.push(entry);
    response.once('finish', () => { entry.ended = performance.now(); });
    const page = this.#pages[name];
    const send = ({ headers, body }) => response.writeHead(200, { 'Cache-Control': 'no-store', ...headers }).end(body);
    switch (folder) {
      case 'page':
        return send({
          headers: { 'Content-Type': 'text/html;charset=utf-8', ...page.headers },
          body: `<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><script nonce="n0nce">${this.#reporter(name)}</script>${page.html}`,
        });
      case 'worker':
        return send({ headers: { ...SCRIPT, ...page.headers }, body: this.#reporter(name) + page.worker });
      case 'ie':
        return send(await ieFile(name));
      case 'partial':
        if (name.endsWith('.wasm')) break;
        return send(await builtFile(name));
      case 'dist':
      case 'moved':
        return send(await builtFile(name));
      case 'stream':
        response.writeHead(200, EVENT_STREAM);
        await write(response, this.streams.get(name), Number(url.searchParams.get('chunk')) || 65_536);
        return response.end();
      case 'pour':
        return pour(request, response, Number(url.searchParams.get('bytes')), Number(url.searchParams.get('burst') ?? Infinity));
      case 'open':
        this.openStreams += 1;
        response.once('close', () => { this.openStreams -= 1; });
        return response.writeHead(200, EVENT_STREAM).write('data: 1\n\n');
      default:
    }
    response.writeHead(404).end('not found');
  }

  #reporter(number) {
    return `function report(value, failure) {
  var url = '${this.origin}/report/${number}';
  // In ASCII: old WebKits send other characters in Unicode's composed form.
  var body = JSON.stringify({ value: value, failure: failure }).replace(/[^ -~]/g, function (character) {
    return '\\\\u' + ('000' + character.charCodeAt(0).toString(16)).slice(-4);
  });
  // Service workers have no XMLHttpRequest.
  if (typeof XMLHttpRequest === 'undefined') return fetch(url, { method: 'POST', body: body });
  var request = new XMLHttpRequest();
  request.open('POST', url);
  request.setRequestHeader('Content-Type', 'text/plain');
  request.send(body);
}
self.onerror = function (message) { report(null, String(message)); };
`;
  }

  async #report(number, request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
    const { value, failure } = JSON.parse(Buffer.concat(parts).toString());
    if (failure) this.#pages[number].reject(new Error(`uncaught in the page: ${failure}`));
    else this.#pages[number].resolve(value);
  }
}

async function builtFile(name) {
  const type = name.endsWith('.wasm') ? 'application/wasm' : SCRIPT['Content-Type'];
  return { headers: { ...SCRIPT, 'Content-Type': type }, body: await readFile(new URL(`../../dist/${name}`, import.meta.url)) };
}

/** Each piece has left the process, and the event loop has turned, before the next. */
async function write(response, bytes, size) {
  for (let from = 0; from < bytes.length && !response.destroyed; from += size) {
    await new Promise((resolve) => response.write(bytes.subarray(from, from + size), resolve));
    await turn();
  }
}

async function pour(request, response, bytes, burst) {
  const last = Math.ceil(bytes / FILLING.length);
  let number = Number(request.headers['last-event-id'] ?? 0);
  response.writeHead(200, EVENT_STREAM);
  for (let written = 0; number < last && !response.destroyed; ) {
    const size = written < burst ? 65_536 : 1;
    let text = '';
    while (number < last && text.length < size) text += `id: ${++number}\ndata: ${FILLING}${number === last ? ' end' : ''}\n\n`;
    written += text.length;
    if (!response.write(text)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    if (size === 1) await sleep(10);
  }
}
