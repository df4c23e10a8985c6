// The package where pages are rendered on the server: importing it needs no window and opens nothing, however it is bundled.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { makeApp } from './app.mjs';
import { runWebpack } from './webpack.mjs';

const ENTRIES = ['eventsource-wasm', 'eventsource-wasm/options', 'eventsource-wasm/es5', 'eventsource-wasm/external', 'eventsource-wasm/polyfill'];

/** A component as frameworks have them: what it needs in the browser is imported on the server, too, and used after the first paint. */
const app = (entry) => ({
  'entry.js': `${entry.endsWith('/polyfill') ? `import '${entry}';` : `import { EventSource } from '${entry}';`}
export const render = () => '<p>waiting</p>';
export const mounted = (url) => new EventSource(url);
`,
});

const BUILDS = {
  'Vite, as a dependency': (folder) => viteBuild(folder, { external: ['eventsource-wasm'] }),
  'Vite, bundled': (folder) => viteBuild(folder, { noExternal: true }),
  'webpack, bundled': webpackBuild,
};

async function viteBuild(folder, ssr) {
  const { build } = await import('vite');
  await build({ root: folder, logLevel: 'error', configFile: false, ssr, build: { ssr: 'entry.js', outDir: 'out', rollupOptions: { output: { entryFileNames: 'entry.mjs' } } } });
}

function webpackBuild(folder) {
  return runWebpack({
    target: 'node20', context: folder, entry: './entry.js', experiments: { outputModule: true },
    output: { path: join(folder, 'out'), filename: 'entry.mjs', library: { type: 'module' } },
  });
}

/** Renders in a process of its own, which has no window, and in which each request is told. */
const RENDER = `
for (const name of ['fetch', 'XMLHttpRequest', 'EventSource']) globalThis[name] = function () { console.error('a request by ' + name); };
const { render } = await import(process.argv[1]);
console.log(render());
`;

async function renders(file) {
  // That it ends by itself shows that nothing is left open.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', RENDER, pathToFileURL(file).href], { timeout: 30_000 });
  assert.deepEqual([stdout, stderr], ['<p>waiting</p>\n', '']);
}

for (const entry of ENTRIES) {
  for (const [name, build] of Object.entries(BUILDS)) {
    test(`a page that imports ${entry} is rendered by Node: ${name}`, async () => {
      const folder = await makeApp(app(entry));
      await build(folder);
      await renders(join(folder, 'out/entry.mjs'));
    });
  }
}

test("Vite's development server renders a page with each entry", async () => {
  const { createServer } = await import('vite');
  for (const entry of ENTRIES) {
    const vite = await createServer({ root: await makeApp(app(entry)), logLevel: 'error', configFile: false, appType: 'custom', server: { middlewareMode: true, ws: false } });
    try {
      assert.equal((await vite.ssrLoadModule('/entry.js')).render(), '<p>waiting</p>', entry);
    } finally {
      await vite.close();
    }
  }
});
