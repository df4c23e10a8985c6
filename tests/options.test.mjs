// The entry with options in Node, where there is fetch only and no origin: the behaviour suite's tests of it, and each fixture by `parse()`.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
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
  const stray = (error) => errors.report(String(error), error);
  process.on('uncaughtException', stray);
  try {
    const host = { ...server, EventSource: entry.EventSource, entry, global: globalThis, build: 'options', transport, errors, has: ['options'] };
    await run(host, (result) => results.push(result), () => true, [], Infinity);
  } finally {
    process.off('uncaughtException', stray);
    await server.close();
  }
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name, message }) => `${name}: ${message}`);
  assert.deepEqual(failed, []);
  assert.ok(results.filter(({ outcome }) => outcome === 'passed').length > 60);
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
