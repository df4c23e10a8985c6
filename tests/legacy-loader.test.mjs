// How the script tag gets its core: which one, from where, when, and what it carries over from its own tag.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHROMIUM, PLAYERS, browserOf, player, quitAll, scriptTag } from './legacy/players.mjs';
import { Site } from './legacy/site.mjs';

const site = new Site();
before(() => site.start());
after(async () => {
  await quitAll();
  await site.close();
});

const EDGE = player('chromium-64');
const IE = player('phantomjs');
const NO_WASM = PLAYERS.find(({ headers }) => headers);

const FILES = { wasm: ['core.js', 'eventsource.wasm'], es5: ['core.es5.js'] };

/** Opens a source, and reports its first message. */
const OPEN = `
var source = new EventSource('/open');
source.onmessage = function (event) { source.close(); report('message ' + event.data); };
source.onerror = function () { if (source.readyState === 2) report('failed'); };
`;

const visit = async (who, page) => site.visit(await browserOf(who.browser), { headers: who.headers, ...page });

/** The page gets its message, by just these files of this folder (in any order). */
async function loads(who, page, folder, files) {
  const { value, paths } = await visit(who, page);
  assert.equal(value, 'message 1');
  const loaded = paths.filter((path) => path.startsWith(`/${folder}/`)).map((path) => path.split('/')[2]);
  assert.deepEqual(loaded.sort(), [...files].sort());
}

for (const who of [CHROMIUM, ...PLAYERS]) {
  const files = ['polyfill.js', ...FILES[who.core]];

  test(`the core is the one for the engine: ${who.title}`, () => (
    loads(who, { html: `${scriptTag(who)}<script>${OPEN}</script>` }, who.folder, files)
  ));

  for (const attribute of ['async', 'defer']) {
    test(`a script tag that says ${attribute}: ${who.title}`, () => {
      const waiting = `${attribute} onload="loaded()"`;
      const html = `<script>function loaded() {${OPEN}}</script>${scriptTag(who, { attributes: waiting })}`;
      return loads(who, { html }, who.folder, files);
    });
  }

  test(`loaded twice, the first one stays: ${who.title}`, async () => {
    const again = `<script>var first = EventSource;</script><script src="/${who.folder}/polyfill.js?again"></script>`;
    const check = `<script>if (EventSource !== first) throw new Error('another class'); ${OPEN}</script>`;
    await loads(who, { html: scriptTag(who) + again + check }, who.folder, [...files, 'polyfill.js']);
  });

  test(`the page names another folder: ${who.title}`, () => (
    loads(who, { html: `<script>EVENTSOURCE_WASM_FOLDER = '/moved';</script>${scriptTag(who)}<script>${OPEN}</script>` }, 'moved', FILES[who.core])
  ));

  test(`in a worker, by importScripts: ${who.title}`, () => {
    const worker = `${who.prepare} importScripts('/${who.folder}/polyfill.js'); ${OPEN}`;
    const html = `<script>var worker = new Worker(location.pathname.replace('page', 'worker'));
worker.onerror = function (event) { report(null, event.message || 'the worker did not load'); };</script>`;
    return loads(who, { html, worker }, who.folder, files);
  });

  if (who.core === 'wasm') {
    test(`a missing .wasm file: the ES5 core instead: ${who.title}`, () => (
      loads(who, { html: `${scriptTag({ ...who, folder: 'partial' })}<script>${OPEN}</script>` }, 'partial', ['polyfill.js', 'core.js', 'eventsource.wasm', 'core.es5.js'])
    ));
  }
}

test('no fetch, and XMLHttpRequest is there: the ES5 core', () => (
  loads(CHROMIUM, { html: `<script>delete self.fetch;</script>${scriptTag(CHROMIUM)}<script>${OPEN}</script>` }, 'dist', ['polyfill.js', ...FILES.es5])
));

test("a page's own fetch that throws: the ES5 core, by which each source hears an error and goes on trying", async () => {
  const { value, paths } = await visit(CHROMIUM, { html: `<script>self.fetch = function () { throw new Error('not here'); };</script>${scriptTag(CHROMIUM)}<script>
var states = [];
function open(heard) { var source = new EventSource('/open'); source.onerror = function () { states.push(source.readyState); source.close(); heard(); }; }
open(function () { open(function () { report(states); }); });
</script>` });
  assert.deepEqual(value, [0, 0]);
  assert.ok(paths.includes('/dist/core.es5.js'), paths.join());
});

test('neither fetch nor XMLHttpRequest: the constructor throws a NotSupportedError that names them', async () => {
  const { value, paths } = await visit(CHROMIUM, { html: `<script>var Request = XMLHttpRequest; delete self.fetch; delete self.XMLHttpRequest;</script>${scriptTag(CHROMIUM)}<script>
var found = [];
try { new EventSource('/open'); } catch (error) { found = [error instanceof DOMException, error.name, error.code, error.message]; }
self.XMLHttpRequest = Request;
report(found);
</script>` });
  assert.deepEqual(value, [true, 'NotSupportedError', 9, "Failed to construct 'EventSource': there is no fetch and no XMLHttpRequest."]);
  assert.deepEqual(paths.filter((path) => path.startsWith('/dist/')), ['/dist/polyfill.js']);
});

for (const [who, file] of [[CHROMIUM, 'polyfill.wasm.js'], [EDGE, 'polyfill.wasm.js'], [IE, 'polyfill.es5.js'], [NO_WASM, 'polyfill.es5.js']]) {
  test(`one file is all of ${file}: ${who.title}`, () => (
    loads(who, { html: `${scriptTag(who, { file })}<script>${OPEN}</script>` }, who.folder, [file])
  ));
}

for (const who of [CHROMIUM, NO_WASM, player('chromium-67'), player('chromium-72')]) {
  test(`in a service worker: ${who.title}`, () => {
    // It must not wait for the page: no script may be loaded after its first run.
    const worker = `${who.prepare} importScripts('/${who.folder}/polyfill.js');
self.onmessage = function (message) { message.waitUntil(new Promise(function (resolve) { ${OPEN} setTimeout(resolve, 5000); })); };`;
    const html = `<script>
navigator.serviceWorker.register(location.pathname.replace('page', 'worker')).then(function (registration) {
  var worker = registration.installing || registration.waiting || registration.active;
  worker.onstatechange = function () { if (worker.state === 'activated') setTimeout(function () { worker.postMessage('go'); }, 300); };
}).catch(function (error) { report(null, String(error)); });
</script>`;
    return loads(who, { html, worker }, who.folder, ['polyfill.js', ...FILES[who.core]]);
  });
}

test('its nonce goes to the scripts that it adds', async () => {
  const headers = { 'Content-Security-Policy': "script-src 'nonce-n0nce' 'wasm-unsafe-eval'" };
  const html = `<script nonce="n0nce">${CHROMIUM.prepare}</script>
<script nonce="n0nce" src="/dist/polyfill.js"></script><script nonce="n0nce">${OPEN}</script>`;
  await loads(CHROMIUM, { html, headers }, 'dist', ['polyfill.js', ...FILES.wasm]);
});

test('its crossorigin goes to the scripts that it adds', async () => {
  const first = site.requests.length;
  const html = `<script>${CHROMIUM.prepare}</script>
<script crossorigin src="${site.otherOrigin}/dist/polyfill.js"></script><script>${OPEN}</script>`;
  await loads(CHROMIUM, { html }, 'dist', ['polyfill.js', ...FILES.wasm]);
  const script = site.requests.slice(first).find(({ path }) => path === '/dist/core.js');
  assert.equal(script.headers.origin, site.origin);
});

test('neither WebAssembly nor the ES5 core: one error on the console, and CLOSED', async () => {
  const { value } = await visit(IE, {
    html: `<script>EVENTSOURCE_WASM_FOLDER = '/nowhere/'; var told = [];
console.error = function () { told.push(Array.prototype.join.call(arguments, ' ')); };</script>${scriptTag(IE)}<script>
var source = new EventSource('/open');
source.onerror = function () { report([source.readyState, told.length, /nowhere\\/core\\.es5\\.js/.test(told[0])]); };
</script>`,
  });
  assert.deepEqual(value, [2, 1, true]);
});
