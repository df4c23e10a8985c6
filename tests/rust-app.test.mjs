// The example of an app in Rust (examples/app), built as its readers build theirs, in the browsers.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CORE } from '../scripts/flavours.mjs';
import { run } from '../scripts/run.mjs';
import { cargoTool } from '../scripts/tools.mjs';
import { installedBrowsers, launch } from './browsers.mjs';
import { startServer } from './server.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { until } from './until.mjs';

const EVENT_STREAM = { head: { status: 200, headers: { 'Content-Type': 'text/event-stream' } } };

let server;

before(async () => {
  const { path: folder } = temporaryFolder('rust-app');
  await run('cargo', ['build', '--release', '--locked', '--package', 'eventsource-app', '--target', CORE.target], { quiet: true });
  await run(cargoTool('wasm-bindgen-cli'), [
    '--target', 'web', '--no-typescript', '--out-name', 'app', '--out-dir', folder, `target/${CORE.target}/release/eventsource_app.wasm`,
  ]);
  const files = { '/app/': ['text/html', await readFile('examples/app/index.html')] };
  for (const [name, type] of [['app.js', 'text/javascript'], ['app_bg.wasm', 'application/wasm']]) {
    files[`/app/pkg/${name}`] = [type, await readFile(join(folder, name))];
  }
  server = await startServer({
    route({ pathname }) {
      const [type, body] = files[pathname] ?? [];
      return body && { headers: { 'Content-Type': type }, body };
    },
  });
});
after(() => server?.close());

for (const name of installedBrowsers()) describe(`an app in Rust in ${name}`, () => {
  let browser;
  before(async () => {
    browser = await launch(name);
    await browser.driver.manage().setTimeouts({ script: 30_000, pageLoad: 30_000 });
  });
  after(() => browser?.quit());

  async function control(path, body) {
    const response = await fetch(`${server.controlOrigin}${path}`, body && { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  }

  /** Shows the app with a stream of these responses. */
  async function show(responses) {
    const { id, path } = await control('/scenarios', { responses });
    await browser.driver.get(`${server.origin}/app/?stream=${path}`);
    return { requests: (query) => control(`/scenarios/${id}?${query}`), url: `${server.origin}${path}` };
  }

  /** The lines on the page, once the last one is this. */
  async function linesUntil(last) {
    let lines = [];
    const read = () => browser.driver.executeScript(() => [...document.querySelectorAll('li')].map((line) => line.textContent));
    try {
      await until(async () => (lines = await read()).at(-1) === last, 20_000);
    } catch (error) {
      throw new Error(`the page shows ${JSON.stringify(lines)}`, { cause: error });
    }
    return lines;
  }

  test('decodes JSON, comes back with the last event ID, and closes', async () => {
    const { requests, url } = await show([
      [EVENT_STREAM, { write: 'retry: 100\n\nevent: price\nid: é\ndata: {"symbol": "A", "price": 1.5}\n\n' }, { end: true }],
      [EVENT_STREAM, { write: 'event: price\ndata: {"symbol": "B",\ndata: "price": 2}\n\ndata: other\n\nevent: bye\ndata\n\nevent: bye\ndata: x\n\n', chunk: 7 }],
    ]);
    assert.deepEqual(await linesUntil('the end'), [
      `open: ${url}`, 'A 1.50 (id é)', 'lost: StreamEnded, again in Some(100ms)', `open: ${url}`, 'B 2.00 (id é)', 'closed: Closed', 'the end',
    ]);
    let seen;
    await until(async () => (seen = await requests('closed=1')).reached);
    assert.equal(seen.requests.length, 2);
    // WebKitGTK encodes each non-ASCII byte of a header that a script sets once more.
    assert.equal(seen.requests[1].headers['last-event-id'], name === 'webkit' ? 'Ã©' : 'é');
    assert.equal(seen.requests[0].headers.accept, 'text/event-stream');
  });

  test('a response that is no event stream fails it, by type', async () => {
    await show([[{ head: { status: 404 } }, { end: true }]]);
    assert.deepEqual(await linesUntil("failed: the response's status is not 200"), ["failed: the response's status is not 200"]);
    await show([[{ head: { status: 200, headers: { 'Content-Type': 'text/html' } } }, { end: true }]]);
    await linesUntil("failed: the response's type is not text/event-stream");
  });

  test('dropping it ends its request', async () => {
    const { requests } = await show([[EVENT_STREAM, { write: 'event: price\ndata: no JSON\n\n' }]]);
    assert.match((await linesUntil('failed: expected ident at line 1 column 2')).at(-1), /^failed: expected/);
    await until(async () => (await requests('closed=1')).reached);
  });
});
