// The options in Node, where there is fetch only and no origin: the behaviour suite's tests of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Errors } from './behaviour/errors.js';
import { run } from './behaviour/runner.js';
import { transport } from './behaviour/transport.js';
import './behaviour/options.js';
import { EventSource } from '../dist/eventsource.options.js';
import { startServer } from './server.mjs';

test('the options of the ES module in Node', async () => {
  const server = await startServer();
  const results = [];
  const errors = new Errors();
  const stray = (error) => errors.report(String(error), error);
  process.on('uncaughtException', stray);
  try {
    const host = { ...server, EventSource, global: globalThis, build: 'options', transport, errors, has: ['options'] };
    await run(host, (result) => results.push(result), () => true, [], Infinity);
  } finally {
    process.off('uncaughtException', stray);
    await server.close();
  }
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name, message }) => `${name}: ${message}`);
  assert.deepEqual(failed, []);
  assert.ok(results.filter(({ outcome }) => outcome === 'passed').length > 60);
});
