// The package in web extensions, whose policy forbids what evaluates: with WebAssembly allowed by it, and without by the ES5 core.
// Chromium loads each unpacked; its page and its service worker read the stream of another origin.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch } from '../browsers.mjs';
import { startServer } from '../server.mjs';
import { makeApp } from './app.mjs';
import { streamOfOneMessage } from './stream.mjs';

/** The policy that Manifest V3 has by itself, and the one with WebAssembly. */
const BY_ITSELF = "script-src 'self'; object-src 'self'";
const WITH_WASM = "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'";

const EXTENSIONS = {
  'eventsource.js': WITH_WASM,
  'eventsource.options.js': WITH_WASM,
  'eventsource.es5.js': BY_ITSELF,
  'eventsource.options.es5.js': BY_ITSELF,
};

const extension = (file, policy) => ({
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: file,
    version: '1',
    background: { service_worker: 'background.js', type: 'module' },
    content_security_policy: { extension_pages: policy },
    host_permissions: ['http://127.0.0.1/*'],
  }),
  'first.js': `import { EventSource } from './node_modules/eventsource-wasm/dist/${file}';
export const first = (url) => new Promise((resolve) => {
  const source = new EventSource(url);
  source.onmessage = ({ data, lastEventId }) => { resolve({ data, lastEventId }); source.close(); };
  source.onerror = () => resolve({ error: source.readyState });
});
`,
  'page.html': '<!doctype html><script type="module" src="page.js"></script>',
  'page.js': `import { first } from './first.js';
const url = new URLSearchParams(location.search).get('stream');
Promise.all([first(url), chrome.runtime.sendMessage(url)]).then((outcome) => { window.outcome = outcome; });
`,
  'background.js': `import { first } from './first.js';
chrome.runtime.onMessage.addListener((url, sender, reply) => {
  first(url).then(reply);
  return true;
});
`,
});

let server;
let browser;
const folders = {};

before(async () => {
  server = await startServer();
  for (const [file, policy] of Object.entries(EXTENSIONS)) folders[file] = await makeApp(extension(file, policy));
  folders.refused = await makeApp(extension('eventsource.js', BY_ITSELF));
  browser = await launch('chromium', {
    args: [`--load-extension=${Object.values(folders)}`, '--disable-features=DisableLoadExtensionCommandLineSwitch'],
  });
});

after(async () => {
  await browser?.quit();
  await server?.close();
});

/** The id that Chromium gives an unpacked extension: of its folder's digest, with letters for digits. */
function idOf(folder) {
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return Array.from(digest, (digit) => 'abcdefghijklmnop'[parseInt(digit, 16)]).join('');
}

/** What comes first in the extension's page, and in its service worker. */
async function outcome(folder) {
  await browser.driver.get(`chrome-extension://${idOf(folder)}/page.html?stream=${encodeURIComponent(await streamOfOneMessage(server))}`);
  return browser.driver.wait(() => browser.driver.executeScript('return window.outcome'), 30_000, `${folder}: nothing came`);
}

for (const [file, policy] of Object.entries(EXTENSIONS)) {
  test(`an extension's page and service worker take ${file} under ${policy}`, async () => {
    const expected = { data: 'it works', lastEventId: '7' };
    assert.deepEqual(await outcome(folders[file]), [expected, expected]);
  });
}

test('an extension whose policy forbids WebAssembly hears an error, and the source is closed', async () => {
  assert.deepEqual(await outcome(folders.refused), [{ error: 2 }, { error: 2 }]);
});
