// The entry with options in Node, where there is fetch only and no origin: the behaviour suite's tests of it, and each fixture by `parse()`.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { Errors } from './behaviour/errors.js';
import { run } from './behaviour/runner.js';
import { transport } from './behaviour/transport.js';
import './behaviour/options.js';
import * as entry from '../dist/eventsource.options.js';
import { startServer } from './server.mjs';

test('the options of the ES module in Node', async () => {
  const server = await startServer();
  const results = [];
  const errors = new Errors();
  // Before the test runner, which takes any for a failure.
  process.setUncaughtExceptionCaptureCallback((error) => errors.report(String(error), error));
  try {
    const host = { ...server, EventSource: entry.EventSource, entry, global: globalThis, build: 'options', transport, errors, has: ['options'] };
    await run(host, (result) => results.push(result), () => true, [], Infinity);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
    await server.close();
  }
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name, message }) => `${name}: ${message}`);
  assert.deepEqual(failed, []);
  assert.ok(results.filter(({ outcome }) => outcome === 'passed').length > 60);
});

test('a transport that Node does not have is a NotSupportedError of the constructor', () => {
  const construct = () => new entry.EventSource('http://127.0.0.1/', { transport: 'xhr' });
  assert.throws(construct, { name: 'NotSupportedError', message: 'Failed to construct \'EventSource\': there is no XMLHttpRequest.' });
});

test('an own fetch answers with what Readable.toWeb makes of a Node stream', async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(`id: 1\ndata: ${request.headers.accept}\n\ndata: é\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = async (url, { headers, signal }) => {
    const [response] = await once(get(url, { headers, signal }), 'response');
    return new Response(Readable.toWeb(response), { status: response.statusCode, headers: response.headers });
  };
  try {
    const messages = [];
    const source = new entry.EventSource(`http://127.0.0.1:${server.address().port}/`, { fetch: own, retry: false });
    for await (const { data, lastEventId } of source) messages.push([data, lastEventId]);
    assert.deepEqual(messages, [['text/event-stream', '1'], ['é', '1']]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('maxEventSize is 128 MiB where it is not set', async () => {
  const chunk = new TextEncoder().encode('x'.repeat(2 ** 20));
  let sent = 0;
  const endless = async function* () {
    yield new TextEncoder().encode('data: 1\n\ndata: ');
    for (;; sent += 1) yield chunk;
  };
  const own = async () => ({ status: 200, url: '', headers: new Headers({ 'Content-Type': 'text/event-stream' }), body: endless() });
  const got = [];
  const follow = async () => {
    for await (const { data } of new entry.EventSource('http://127.0.0.1/', { fetch: own })) got.push(data);
  };
  await assert.rejects(follow(), { name: 'EventSourceError', reason: 'too-large' });
  assert.deepEqual(got, ['1']);
  assert.ok(sent >= 127 && sent <= 130, `${sent} MiB`);
});

const FIXTURES = new URL('fixtures/', import.meta.url);

test('parse() reads each fixture, in one piece and byte by byte', async () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.sse'));
  assert.ok(names.length > 100);
  for (const name of names) {
    const bytes = new Uint8Array(readFileSync(new URL(name, FIXTURES)));
    const expected = JSON.parse(readFileSync(new URL(name.replace('.sse', '.json'), FIXTURES), 'utf8'));
    const dribbled = async function* () {
      for (let at = 0; at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
    };
    for (const [input, how] of [[bytes, 'whole'], [dribbled(), 'dribbled']]) {
      const messages = entry.parse(input);
      const events = [];
      for await (const message of messages) events.push(message);
      const { lastEventId, reconnectionTime = null } = messages;
      assert.deepEqual({ events, lastEventId, reconnectionTime }, expected, `${name}, ${how}`);
    }
  }
});
