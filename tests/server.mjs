// The test server: writes any bytes in any chunking, drops the socket at any byte, and records what it was sent.
//
// A test registers a *scenario*: a list of responses. Each request to the scenario's URL takes the next one; when the list is used
// up, further requests get the last one again (`last: 'repeat'`) or, by default, a 204, so that a forgotten source ends by itself.
// A response is a list of steps:
//   {head: {status, headers}}        the status line and headers, sent at once; header values may be arrays
//   {write: 'text', chunk, repeat}   UTF-8 text, `repeat` times over, in writes of `chunk` bytes with a flush between (default: one)
//   {bytes: [226, 152], chunk, repeat} the same for bytes that are no text
//   {fixture: 'name', chunk}         the bytes of tests/fixtures/name.sse
//   {echo: 'cookie'}                 a message event whose data is what this request had in that header
//   {dropUnless: 'name'}             the socket is closed when the test has not sent that signal yet
//   {wait: 'name'}                   until the test has sent that signal (a signal stays sent)
//   {end: true}                      the response ends as it should
//   {drop: 'close' | 'reset'}        the socket is closed, or reset, whatever was promised
// A response that runs out of steps stays open until the client goes.
//
// Everything is on 127.0.0.1. `origin` and `otherOrigin` answer alike; `controlOrigin` is a third one, so that the long polls of a
// test don't use up the connections that a browser allows for each origin. No connection of the first two is used twice: a browser
// repeats a request by itself when a kept connection breaks, and "closed by the client" would not be one request's.

import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const fixtures = join(root, 'tests', 'fixtures');

const TYPES = {
  '.html': 'text/html;charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.json': 'application/json', '.wasm': 'application/wasm', '.map': 'application/json', '.sse': 'text/event-stream',
};
const GONE = [{ head: { status: 204 } }, { end: true }];
const LONG_POLL = 1000;
const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' };

/**
 * @typedef {object} Answer what a route gives back
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string | Buffer} body
 */

/**
 * Starts the server.
 * @param {object} [options]
 * @param {number} [options.port] of `origin`; the other two ports are free ones
 * @param {(url: URL) => Answer | undefined | Promise<Answer | undefined>} [options.route] further pages of `origin` and `otherOrigin`
 * @param {(report: any) => void} [options.onReport] is given the JSON of each `POST /reports` to the control origin
 * @returns {Promise<{origin: string, otherOrigin: string, controlOrigin: string, close: () => Promise<void>}>}
 */
export async function startServer({ port = 0, route = () => undefined, onReport = () => {} } = {}) {
  const scenarios = new Map();
  const servers = [];
  const doors = [];

  const listen = async (handler, at) => {
    const server = createServer({ noDelay: true, requestTimeout: 0 }, (request, response) => {
      handler(request, response).catch((error) => fail(response, error));
    });
    await new Promise((resolve, reject) => server.once('error', reject).listen(at, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${server.address().port}`;
  };

  const origin = await listen(serve, port);
  const otherOrigin = await listen(serve, 0);
  const controlOrigin = await listen(control, 0);
  return {
    origin,
    otherOrigin,
    controlOrigin,
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };

  async function serve(request, response) {
    response.shouldKeepAlive = false;
    const url = new URL(request.url, origin);
    const [, first, name] = url.pathname.split('/');
    if (first === 's') {
      const scenario = scenarios.get(name);
      return scenario ? scenario.take(request, response) : answer(response, { status: 410, body: 'no such scenario' });
    }
    if (first === 'fixtures') return sendFixture(response, name, Number(url.searchParams.get('chunk')));
    const page = await route(url);
    if (page) return answer(response, page);
    if (first === 'dist' || first === 'tests') return sendFile(response, url.pathname);
    answer(response, { status: 404, body: 'not found' });
  }

  /**
   * The control origin, open to every origin, without preflights (bodies are text/plain):
   *   POST /scenarios {responses, preflight, last}   -> {id, path}
   *   GET  /scenarios/ID?requests=n&closed=n&preflights=n -> {reached, requests, preflights}, once so many have come; after a
   *         second `reached` is false, for the asker to ask again: many long polls must not take all connections for good
   *   POST /scenarios/ID/signals/NAME   sends a signal
   *   POST /scenarios/ID/forget         ends it: connections are dropped, long polls answered
   *   POST /doors -> {id, origin}       an origin where nobody listens; POST /doors/ID/open: now the server does
   *   POST /reports                     JSON for whoever started the server
   *   GET  /fixtures                    -> [{name, events, lastEventId, reconnectionTime}]
   */
  async function control(request, response) {
    const url = new URL(request.url, controlOrigin);
    const [, kind, id, verb, signal] = url.pathname.split('/').map(decodeURIComponent);
    const body = await text(request);
    const send = (value = {}) => answer(response, { headers: { ...ANY_ORIGIN, 'Cache-Control': 'no-store' }, body: JSON.stringify(value) });

    if (kind === 'fixtures') return send(await readFixtures());
    if (kind === 'reports') {
      onReport(JSON.parse(body));
      return send();
    }
    if (kind === 'doors') {
      if (id === undefined) {
        const reserved = await listen(serve, 0);
        const server = servers.pop();
        await new Promise((resolve) => server.close(resolve));
        return send({ id: doors.push(reserved) - 1, origin: reserved });
      }
      await listen(serve, Number(new URL(doors[id]).port));
      return send();
    }
    if (kind !== 'scenarios') return answer(response, { status: 404, headers: ANY_ORIGIN, body: 'not found' });
    if (id === undefined) {
      const scenario = new Scenario(String(scenarios.size + 1), JSON.parse(body));
      scenarios.set(scenario.id, scenario);
      return send({ id: scenario.id, path: `/s/${scenario.id}` });
    }
    const scenario = scenarios.get(id);
    if (!scenario) return answer(response, { status: 410, headers: ANY_ORIGIN, body: 'no such scenario' });
    if (verb === 'signals') scenario.signal(signal);
    else if (verb === 'forget') scenario.forget();
    send(verb ? {} : await scenario.poll(url.searchParams, response));
  }
}

/** One test's responses, and the record of the requests that took them. */
class Scenario {
  constructor(id, { responses, preflight = { status: 404, headers: {} }, last = '204' }) {
    this.id = id;
    this.responses = responses;
    this.preflight = preflight;
    this.last = last;
    this.requests = [];
    this.preflights = [];
    this.open = new Set();
    this.signals = new Set();
    this.waiting = new Set();
    this.forgotten = false;
  }

  async take(request, response) {
    const entry = {
      method: request.method,
      url: request.url,
      host: request.headers.host,
      // Header values as the bytes were (latin1), in their order; and by name, read as UTF-8.
      rawHeaders: request.rawHeaders,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, Buffer.from(String(value), 'latin1').toString('utf8')]),
      ),
      time: performance.now(),
      ended: null,
      closed: null,
    };
    this.open.add(response);
    response.once('close', () => {
      this.open.delete(response);
      entry.closed = { by: entry.ended === null ? 'client' : 'server', time: performance.now() };
      this.changed();
    });
    if (request.method === 'OPTIONS') {
      this.preflights.push(entry);
      entry.ended = performance.now();
      response.writeHead(this.preflight.status, this.preflight.headers).end();
      return this.changed();
    }
    if (request.method !== 'GET') entry.body = await text(request);
    const index = this.requests.push(entry) - 1;
    this.changed();
    const { responses } = this;
    const steps = responses[index] ?? (this.last === 'repeat' ? responses[responses.length - 1] : GONE);
    for (const step of steps) {
      await this.play(step, entry, request, response);
      if (response.destroyed || this.forgotten) return;
    }
  }

  async play(step, entry, request, response) {
    if (step.head) {
      response.writeHead(step.head.status ?? 200, step.head.headers ?? {});
      response.flushHeaders();
    } else if (step.write !== undefined) {
      await write(response, Buffer.from(step.write.repeat(step.repeat ?? 1)), step.chunk);
    } else if (step.bytes !== undefined) {
      const once = Buffer.from(step.bytes);
      await write(response, Buffer.concat(Array(step.repeat ?? 1).fill(once)), step.chunk);
    } else if (step.fixture) {
      await write(response, await readFile(join(fixtures, `${step.fixture}.sse`)), step.chunk);
    } else if (step.echo) {
      await write(response, Buffer.from(`data: ${entry.headers[step.echo] ?? ''}\n\n`));
    } else if (step.dropUnless) {
      if (!this.signals.has(step.dropUnless)) await this.play({ drop: 'close' }, entry, request, response);
    } else if (step.wait) {
      await this.until(() => this.signals.has(step.wait) || response.destroyed);
    } else if (step.end) {
      entry.ended = performance.now();
      response.end();
    } else if (step.drop) {
      entry.ended = performance.now();
      if (step.drop === 'reset') request.socket.resetAndDestroy();
      else request.socket.destroy();
    } else {
      throw new Error(`no such step: ${JSON.stringify(step)}`);
    }
  }

  signal(name) {
    this.signals.add(name);
    this.changed();
  }

  /** Waits for as many requests, closed requests and preflights as the long poll asks for, but not for ever; gives the record. */
  async poll(wanted, response) {
    const enough = (name, count) => count >= Number(wanted.get(name) ?? 0);
    const reached = () => enough('requests', this.requests.length)
      && enough('preflights', this.preflights.length)
      && enough('closed', this.requests.filter((entry) => entry.closed).length);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.changed();
    }, LONG_POLL);
    await this.until(() => late || response.destroyed || reached());
    clearTimeout(timer);
    return { reached: this.forgotten || reached(), requests: this.requests, preflights: this.preflights };
  }

  forget() {
    this.forgotten = true;
    for (const response of this.open) response.destroy();
    this.changed();
  }

  until(condition) {
    return new Promise((resolve) => {
      const check = () => {
        if (!this.forgotten && !condition()) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }

  changed() {
    for (const check of [...this.waiting]) check();
  }
}

/** Writes in pieces of `size` bytes; each has left the process, and the event loop has turned, before the next. */
async function write(response, bytes, size = bytes.length) {
  for (let from = 0; from < bytes.length && !response.destroyed; from += size) {
    await new Promise((resolve) => response.write(bytes.subarray(from, from + size), resolve));
    if (size < bytes.length) await turn();
  }
}

async function sendFixture(response, name, chunk) {
  const bytes = /^[\w.-]+\.sse$/.test(name) && (await readFile(join(fixtures, name)).catch(() => null));
  if (!bytes) return answer(response, { status: 404, headers: ANY_ORIGIN, body: 'no such fixture' });
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', ...ANY_ORIGIN });
  await write(response, bytes, chunk || undefined);
  response.end();
}

async function readFixtures() {
  const files = (await readdir(fixtures)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => ({
    name: file.slice(0, -'.json'.length),
    ...JSON.parse(await readFile(join(fixtures, file), 'utf8')),
  })));
}

async function sendFile(response, pathname) {
  const path = normalize(join(root, decodeURIComponent(pathname)));
  const body = path.startsWith(root.endsWith(sep) ? root : root + sep) && (await readFile(path).catch(() => null));
  if (!body) return answer(response, { status: 404, body: 'not found' });
  answer(response, { headers: { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', ...ANY_ORIGIN }, body });
}

function answer(response, { status = 200, headers = {}, body }) {
  if (response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'text/plain;charset=utf-8', 'Cache-Control': 'no-store', ...headers }).end(body);
}

function fail(response, error) {
  if (response.headersSent) response.destroy(error);
  else answer(response, { status: 500, headers: ANY_ORIGIN, body: String(error.stack) });
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
