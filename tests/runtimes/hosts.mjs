// How the suite is started in each runtime: with the class as the package gives it there, in a process of its own.

import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { atEndOfRun } from '../../scripts/end-of-run.mjs';
import { freePort } from '../browsers.mjs';
import { TOOLS, tool, writeFiles } from '../packages/app.mjs';
import { bundleForWorkerd, workerdConfig } from '../packages/workerd.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const library = (path) => pathToFileURL(join(TOOLS, 'node_modules', path)).href;

/**
 * @typedef {object} Runtime
 * @property {string} [kind] what exclusions may call it by, with others of its kind
 * @property {string} [row] the first cell of its row in README's table of runtimes; none without it
 * @property {Record<string, string>} files what is written into the app's folder, beside `suite.mjs`
 * @property {(folder: string) => Promise<void>} [prepare]
 * @property {string} [grep] the tests, where it is not all of them
 * @property {'process' | 'global'} reports what hears of exceptions that nobody has caught
 * @property {(options: object) => {command: string[], begin?: () => Promise<void>} | Promise<object>} start the program that
 *   runs the suite, in the app's folder; `begin` comes after its start
 */

const asModule = (entry) => `import { EventSource } from '${entry}';
import { start } from './suite.mjs';
await start(EventSource, JSON.parse(process.argv[2]));
// What is left is left open by a test that has failed.
process.exit();
`;

/** The entry with options, of which its own tests are run. */
const OPTIONS = '^options-';
const asModuleWithOptions = (entry) => `import * as entry from '${entry}';
import { start } from './suite-options.mjs';
await start(entry.EventSource, { ...JSON.parse(process.argv[2]), entry });
process.exit();
`;

/** A Node of that version. */
const node = (version) => ({ kind: 'node', row: `Node ${version}`, reports: 'process' });
const runNode = (version, file, options) => ({ command: [join(TOOLS, `node_modules/node-${version}/bin/node`), file, JSON.stringify(options)] });

/** For what Deno has otherwise. */
const inDeno = (code) => code.replace('process.argv[2]', 'Deno.args[0]').replace('process.exit', 'Deno.exit');
const runDeno = (file, options) => [
  tool('deno'), 'run', '--allow-net=127.0.0.1', '--node-modules-dir=manual', '--no-lock', '--quiet', file, JSON.stringify(options),
];

async function startWorkerd(config, options) {
  const port = await freePort();
  return {
    command: [tool('workerd'), 'serve', config, `--socket-addr=http=127.0.0.1:${port}`],
    begin: () => post(port, JSON.stringify(options)),
  };
}

const asWorker = (imports, start) => `${imports}
export default {
  async fetch(request) {
    ${start}
    return new Response('done');
  },
};
`;

const asCommonJs = `const { EventSource } = require('eventsource-wasm');
import('./suite.mjs').then(({ start }) => start(EventSource, JSON.parse(process.argv[2]))).then(() => process.exit());
`;

/** @type {Record<string, Runtime>} */
export const RUNTIMES = {
  'node-20': {
    ...node(20),
    files: { 'node.mjs': asModule('eventsource-wasm') },
    start: (options) => runNode(20, 'node.mjs', options),
  },
  'node-20-cjs': {
    ...node(20),
    files: { 'node.cjs': asCommonJs },
    start: (options) => runNode(20, 'node.cjs', options),
  },
  'node-20-es5': {
    ...node(20),
    files: { 'node-es5.mjs': asModule('eventsource-wasm/es5') },
    start: (options) => runNode(20, 'node-es5.mjs', options),
  },
  'node-22': {
    ...node(22),
    files: { 'node.mjs': asModule('eventsource-wasm') },
    start: (options) => runNode(22, 'node.mjs', options),
  },
  'node-24': {
    ...node(24),
    files: { 'node.mjs': asModule('eventsource-wasm') },
    start: (options) => runNode(24, 'node.mjs', options),
  },
  bun: {
    row: 'Bun 1.4',
    reports: 'process',
    files: { 'bun.mjs': asModule('eventsource-wasm') },
    start: (options) => ({ command: [tool('bun'), 'bun.mjs', JSON.stringify(options)] }),
  },
  deno: {
    row: 'Deno 2.9',
    reports: 'global',
    files: { 'deno.mjs': inDeno(asModule('eventsource-wasm')) },
    start: (options) => ({ command: runDeno('deno.mjs', options) }),
  },
  workerd: {
    row: 'workerd (November 2026)',
    reports: 'global',
    files: {
      'worker.mjs': asWorker(
        "import { EventSource } from 'eventsource-wasm';\nimport { start } from './suite.mjs';",
        'await start(EventSource, await request.json());',
      ),
      'workerd.capnp': workerdConfig('worker'),
    },
    prepare: (folder) => bundleForWorkerd(folder, 'worker.mjs'),
    start: (options) => startWorkerd('workerd.capnp', options),
  },
  'node-options-es5': {
    reports: 'process',
    grep: OPTIONS,
    files: { 'node-options-es5.mjs': asModuleWithOptions('eventsource-wasm/options/es5') },
    start: (options) => runNode(20, 'node-options-es5.mjs', options),
  },
  'bun-options': {
    reports: 'process',
    grep: OPTIONS,
    files: { 'bun-options.mjs': asModuleWithOptions('eventsource-wasm/options') },
    start: (options) => ({ command: [tool('bun'), 'bun-options.mjs', JSON.stringify(options)] }),
  },
  'deno-options': {
    reports: 'global',
    grep: OPTIONS,
    files: { 'deno-options.mjs': inDeno(asModuleWithOptions('eventsource-wasm/options')) },
    start: (options) => ({ command: runDeno('deno-options.mjs', options) }),
  },
  'workerd-options': {
    reports: 'global',
    grep: OPTIONS,
    files: {
      'worker-options.mjs': asWorker(
        "import * as entry from 'eventsource-wasm/options';\nimport { start } from './suite-options.mjs';",
        'await start(entry.EventSource, { ...await request.json(), entry });',
      ),
      'workerd-options.capnp': workerdConfig('worker-options', 'eventsource.options.wasm'),
    },
    prepare: (folder) => bundleForWorkerd(folder, 'worker-options.mjs'),
    start: (options) => startWorkerd('workerd-options.capnp', options),
  },
  // As Jest loads it: the CommonJS build in jsdom's window.
  jsdom: {
    row: 'jsdom 29 (`XMLHttpRequest`)',
    reports: 'global',
    files: {
      'jsdom.mjs': `import { readFileSync } from 'node:fs';
import { JSDOM, VirtualConsole } from '${library('jsdom/lib/api.js')}';
const options = JSON.parse(process.argv[2]);
const { window } = new JSDOM('<!DOCTYPE html>', { url: options.origin, runScripts: 'outside-only', virtualConsole: new VirtualConsole() });
const build = readFileSync('node_modules/eventsource-wasm/dist/eventsource.cjs', 'utf8');
const { EventSource } = window.eval(\`((module) => { ((module, exports) => { \${build}
})(module, module.exports); return module.exports; })({ exports: {} })\`);
window.eval(readFileSync('suite.js', 'utf8'));
await window.suite.start(EventSource, options, async (method, url, body) => {
  const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Error(\`\${method} \${url}: \${response.status}\`);
  return response.json();
});
process.exit();
`,
    },
    start: (options) => ({ command: [process.execPath, 'jsdom.mjs', JSON.stringify(options)] }),
  },
};

/** Writes what the chosen runtimes run into the app's folder. */
export async function prepare(folder, names) {
  for (const [file, entry, format] of [['suite.mjs', 'start.js', 'esm'], ['suite.js', 'start.js', 'iife'], ['suite-options.mjs', 'start-options.js', 'esm']]) {
    await esbuild.build({
      entryPoints: [`${root}tests/runtimes/${entry}`],
      outfile: join(folder, file),
      bundle: true,
      format,
      globalName: format === 'iife' ? 'suite' : undefined,
      // What modules are anyway; the tests of read-only attributes rely on it.
      banner: format === 'iife' ? { js: '"use strict";' } : {},
      footer: format === 'iife' ? { js: 'globalThis.suite = suite;' } : {},
    });
  }
  for (const name of names) {
    await writeFiles(folder, RUNTIMES[name].files);
    await RUNTIMES[name].prepare?.(folder);
  }
}

/**
 * Starts a runtime.
 * @returns {Promise<{ended: Promise<string>, end: () => void}>} `ended` resolves, with what it has printed, when the program ends
 */
export async function launch(name, folder, options) {
  const { command: [program, ...args], begin } = await RUNTIMES[name].start({ ...options, reports: RUNTIMES[name].reports });
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  const end = atEndOfRun(() => child.kill('SIGKILL'));
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      end();
      resolve(`it ended with ${signal ?? `code ${code}`}: ${Buffer.concat(output).toString().slice(-2000)}`);
    });
  });
  const begun = begin?.();
  begun?.catch(() => {});
  return { ended, end };
}

/** Posts to a server that is about to listen. Its answer may take as long as it likes. */
async function post(port, body) {
  for (;;) {
    const error = await new Promise((resolve) => {
      const outgoing = request({ host: '127.0.0.1', port, method: 'POST' }, (response) => response.resume().once('end', () => resolve(null)));
      outgoing.once('error', resolve);
      outgoing.end(body);
    });
    if (error?.code !== 'ECONNREFUSED') return;
    await setTimeout(50);
  }
}
