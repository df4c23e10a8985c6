// The package in bundlers: README's first module, built from the tarball in an empty folder without any set-up, and run in Chromium.
// Without a bundler: that module, and README's first page.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { after, before, test } from 'node:test';
import * as esbuild from 'esbuild';
import { launch } from '../browsers.mjs';
import { example } from '../readme.mjs';
import { startServer } from '../server.mjs';
import { makeApp, writeFiles } from './app.mjs';
import { runWebpack } from './webpack.mjs';

const require = createRequire(import.meta.url);

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** README's examples: each makes a `source` from /stream. */
const MODULE = example('js', "import { EventSource } from 'eventsource-wasm'");
const PAGE = example('html', '<script src="dist/polyfill.js">');

const STREAM = 'id: 7\ndata: it works\n\nevent: connecttime\ndata: now\n\n';

/** Puts into `window.outcome` the first message, and whether it came by the browser's own class. */
const USE = `
const outcome = { isNative: EventSource === window.Native };
source.onmessage = (event) => { window.outcome = { ...outcome, data: event.data, id: event.lastEventId }; source.close(); };
source.onerror = () => { window.outcome = { ...outcome, error: source.readyState }; };
`;

/** README's module with another entry of the package, or its URL. */
function moduleOf(entry) {
  // The polyfill leaves an EventSource alone that is there, and modules run after what they import.
  const polyfill = MODULE.replace(/import .+/, `import './without.js';\nimport '${entry}';`);
  return (entry.endsWith('/polyfill') ? polyfill : MODULE.replace("'eventsource-wasm'", `'${entry}'`)) + USE;
}

const page = (script) => `<!doctype html><link rel="icon" href="data:,">
<script>window.Native = window.EventSource;</script>
${script}
`;

/** The app for an entry of the package: a page with a module. */
const app = (entry) => ({
  'index.html': page('<script type="module" src="./main.js"></script>'),
  'main.js': moduleOf(entry),
  'without.js': 'delete window.EventSource;\n',
});

let server;
let browser;
/** Path of the URL's first part -> folder. */
const folders = {};

before(async () => {
  server = await startServer({ route });
  browser = await launch('chromium');
});

after(async () => {
  await browser?.quit();
  await server?.close();
});

async function route({ pathname }) {
  if (pathname === '/stream') return { headers: { 'Content-Type': 'text/event-stream' }, body: STREAM };
  const [, name, path] = /^\/(@[\w-]+)\/(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (!folders[name]) return undefined;
  const file = normalize(join(folders[name], path || 'index.html'));
  const body = file.startsWith(folders[name]) && (await readFile(file).catch(() => null));
  // Other origins may load it, as from a CDN.
  return body ? { headers: { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Access-Control-Allow-Origin': '*' }, body } : undefined;
}

/** Serves a folder; gives its URL. */
function serve(name, folder) {
  folders[`@${name}`] = folder;
  return `${server.origin}/@${name}/`;
}

/** Opens the page and checks that it has got the message by the package's class. */
async function gets(url) {
  await browser.driver.get(url);
  const outcome = await browser.driver.wait(
    () => browser.driver.executeScript('return window.outcome'), 30_000, `${url}: nothing came`,
  );
  assert.deepEqual(outcome, { isNative: false, data: 'it works', id: '7' });
}

/** What the page has requested. */
function requested() {
  return browser.driver.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)");
}

// ---- the bundlers

/** Each builds the app in `folder` into `folder/out`. */
const BUNDLERS = {
  vite: async (folder) => {
    const { build } = await import('vite');
    await build({ root: folder, base: './', logLevel: 'error', configFile: false, build: { outDir: 'out', minify: true } });
  },
  webpack: (folder) => webpackFor('web', folder),
  rollup: async (folder) => {
    const { rollup } = await import('rollup');
    const { nodeResolve } = await import('@rollup/plugin-node-resolve');
    const bundle = await rollup({
      input: join(folder, 'main.js'),
      // Rollup itself finds no packages: its own plugin does.
      plugins: [nodeResolve({ browser: true })],
      onwarn: (warning) => assert.fail(warning.message),
    });
    await bundle.write({ dir: join(folder, 'out'), format: 'es' });
    await bundle.close();
  },
  esbuild: async (folder) => {
    const { warnings } = await esbuild.build({
      absWorkingDir: folder, entryPoints: ['main.js'], outdir: 'out', bundle: true, format: 'esm', minify: true, logLevel: 'silent',
    });
    assert.deepEqual(warnings, []);
  },
  parcel: async (folder) => {
    const { Parcel } = require('@parcel/core');
    const bundler = new Parcel({
      entries: join(folder, 'index.html'),
      defaultConfig: require.resolve('@parcel/config-default'),
      mode: 'production',
      shouldDisableCache: true,
      cacheDir: join(folder, '.parcel-cache'),
      defaultTargetOptions: { distDir: join(folder, 'out'), publicUrl: './' },
      env: { NODE_ENV: 'production' },
    });
    await bundler.run();
  },
};

function webpackFor(target, folder) {
  return runWebpack({ target, context: folder, entry: './main.js', output: { path: join(folder, 'out'), filename: 'main.js' } });
}

/** Those that know `new URL('x.wasm', import.meta.url)`. */
const KNOW_URLS = ['vite', 'webpack', 'parcel'];

/** Builds the app for this entry; gives the folder of what has been built. */
async function build(bundler, entry) {
  const folder = await makeApp(app(entry));
  await BUNDLERS[bundler](folder);
  const out = join(folder, 'out');
  // Some make the page as well.
  if (!existsSync(join(out, 'index.html'))) await writeFiles(out, { 'index.html': app(entry)['index.html'] });
  return out;
}

for (const bundler of Object.keys(BUNDLERS)) {
  for (const entry of ['eventsource-wasm', 'eventsource-wasm/es5', 'eventsource-wasm/options', 'eventsource-wasm/options/es5', 'eventsource-wasm/polyfill']) {
    test(`${bundler} builds ${entry} without any set-up`, async () => {
      await gets(serve(`${bundler}-${entry.replaceAll('/', '-')}`, await build(bundler, entry)));
      assert.deepEqual((await requested()).filter((url) => url.includes('.wasm')), [], 'requests for WebAssembly');
    });
  }

  test(`${bundler} builds eventsource-wasm/external${KNOW_URLS.includes(bundler) ? '' : ', with eventsource.wasm copied beside'}`, async () => {
    const out = await build(bundler, 'eventsource-wasm/external');
    if (!KNOW_URLS.includes(bundler)) await copyFile(join(out, '../node_modules/eventsource-wasm/dist/eventsource.wasm'), join(out, 'eventsource.wasm'));
    await gets(serve(`${bundler}-external`, out));
    assert.equal((await requested()).filter((url) => url.includes('.wasm')).length, 1, 'requests for WebAssembly');
  });
}

for (const entry of ['eventsource-wasm', 'eventsource-wasm/options', 'eventsource-wasm/polyfill']) {
  test(`Vite's development server serves ${entry} without any set-up`, () => getsFromViteServer(entry, {}));
}

test("Vite's development server serves eventsource-wasm/external, told to leave it where it is", () => (
  getsFromViteServer('eventsource-wasm/external', { optimizeDeps: { exclude: ['eventsource-wasm'] } })
));

async function getsFromViteServer(entry, config) {
  const { createServer } = await import('vite');
  const folder = await makeApp(app(entry));
  const vite = await createServer({ root: folder, logLevel: 'error', configFile: false, server: { port: 0, host: '127.0.0.1', proxy: { '/stream': server.origin } }, ...config });
  try {
    await vite.listen();
    await gets(`http://127.0.0.1:${vite.httpServer.address().port}/`);
  } finally {
    await vite.close();
  }
}

test('eventsource-wasm/external in a script, which has no import.meta.url: one console error that names the file, and each source is closed', async () => {
  const { build: viteBuild } = await import('vite');
  const folder = await makeApp({ 'main.js': "export { EventSource } from 'eventsource-wasm/external';\n" });
  await viteBuild({
    root: folder, logLevel: 'error', configFile: false, build: { lib: { entry: 'main.js', name: 'app', formats: ['iife'], fileName: () => 'main.js' }, outDir: 'out' },
  });
  await writeFiles(join(folder, 'out'), { 'index.html': page(`<script>var told = []; console.error = (...values) => { told.push(values.join(' ')); };</script>
<script src="main.js"></script>
<script>
function open(heard) { const source = new app.EventSource('/x'); source.onerror = () => heard(source.readyState); }
open((first) => open((next) => { window.outcome = [first, next, ...told]; }));
</script>`) });
  await browser.driver.get(serve('vite-library', join(folder, 'out')));
  const [first, next, ...told] = await browser.driver.wait(() => browser.driver.executeScript('return window.outcome'), 30_000, 'nothing came');
  assert.deepEqual([first, next, told.length], [2, 2, 2]);
  for (const text of told) assert.match(text, /^eventsource-wasm: the core can't be loaded: eventsource\.wasm: ./);
});

// A window that has Node's globals, too: a stand-in for Electron.
for (const entry of ['eventsource-wasm', 'eventsource-wasm/options', 'eventsource-wasm/polyfill']) {
  test(`webpack builds ${entry} for a renderer like Electron's`, async () => {
    const folder = await makeApp(app(entry));
    await webpackFor('electron-renderer', folder);
    const node = `<script>
window.process = { type: 'renderer', platform: 'linux', env: {}, versions: { node: '20.0.0', electron: '30.0.0' } };
window.global = window;
window.module = { exports: {} };
window.require = (name) => { throw new Error('nothing of ' + name + ' is needed'); };
</script>`;
    await writeFiles(join(folder, 'out'), { 'index.html': page(`${node}<script type="module" src="./main.js"></script>`) });
    await gets(serve(`electron-${entry.replaceAll('/', '-')}`, join(folder, 'out')));
  });
}

test('an import that nothing uses leaves nothing in the bundle', async () => {
  const folder = await makeApp({ 'main.js': "import { EventSource } from 'eventsource-wasm';\nimport { parse } from 'eventsource-wasm/options';\n" });
  const { outputFiles } = await esbuild.build({ absWorkingDir: folder, entryPoints: ['main.js'], bundle: true, format: 'esm', minify: true, write: false });
  assert.equal(outputFiles[0].text.trim(), '');
});

// ---- without a bundler

/** A page of its own, from which the package is at another origin, as at a CDN. */
async function withoutBundler(name, makePage) {
  const folder = await makeApp();
  serve('npm', join(folder, 'node_modules'));
  const cdn = `${server.otherOrigin}/@npm/eventsource-wasm`;
  await writeFiles(folder, { 'page/index.html': page(makePage(cdn)) });
  await gets(serve(name, join(folder, 'page')));
}

for (const file of ['eventsource.js', 'eventsource.external.js', 'eventsource.es5.js', 'eventsource.options.js', 'eventsource.options.es5.js']) {
  test(`a module script takes ${file} from another origin`, () => (
    withoutBundler(`module-${file.replaceAll('.', '-')}`, (cdn) => `<script type="module">${moduleOf(`${cdn}/dist/${file}`)}</script>`)
  ));
}

test('an import map leads to the package', () => (
  withoutBundler('import-map', (cdn) => `<script type="importmap">{ "imports": { "eventsource-wasm": "${cdn}/dist/eventsource.js" } }</script>
<script type="module">${moduleOf('eventsource-wasm')}</script>`)
));

for (const member of ['unpkg', 'jsdelivr']) {
  test(`the script that ${member} serves for the package's name installs the class`, async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    await withoutBundler(member, (cdn) => `<script>delete window.EventSource;</script><script src="${cdn}/${manifest[member]}"></script><script>const source = new EventSource('/stream');${USE}</script>`);
  });
}

// README's page as it stands there, in the package's own folder.
for (const [where, before, loaded] of [
  ['the browser has an EventSource', '', ['polyfill.js']],
  ['the browser has none', '<script>delete window.EventSource;</script>', ['core.js', 'eventsource.wasm', 'polyfill.js']],
]) {
  test(`README's page prints what comes, and loads ${loaded.join(', ')}, where ${where}`, async () => {
    const folder = join(await makeApp(), 'node_modules/eventsource-wasm');
    const record = '<script>window.printed = []; console.log = (...values) => window.printed.push(values);</script>';
    await writeFiles(folder, { 'index.html': page(`${record}${before}${PAGE}`) });
    await browser.driver.get(serve(before ? 'page-without' : 'page-with', folder));
    const printed = await browser.driver.wait(async () => {
      const values = await browser.driver.executeScript('return window.printed');
      return values.length > 1 && values;
    }, 30_000, 'nothing came');
    assert.deepEqual(printed.slice(0, 2), [['it works', '7'], ['now']]);
    assert.equal(await browser.driver.executeScript('return EventSource === window.Native'), !before);
    const files = (await requested()).map((url) => /[^/]+$/.exec(url)[0]).filter((file) => file !== 'stream');
    assert.deepEqual(files.sort(), loaded);
  });
}
