// The pages and workers in which the suite runs, for each build: what the test server's `route` answers under /host/.

import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { LEGACY_BUILDS, ieFile } from '../legacy/builds.mjs';
import { lower } from '../legacy/lower.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The builds. `files` are what they need from dist/; `html` and `script` put the class under test on the global as `Subject`, in a
 * page and in a worker; `module` says that the worker is a module worker; `headers` come with each page and worker.
 * @type {Record<string, {files: string[], module: boolean, headers?: Record<string, string>, html: (origin: string) => string,
 *   script: (origin: string) => string}>}
 */
export const BUILDS = {
  native: {
    files: [],
    module: false,
    html: () => '<script>self.Subject = self.EventSource;</script>',
    script: () => 'self.Subject = self.EventSource;',
  },
  esm: {
    files: ['eventsource.js'],
    module: true,
    html: (origin) => `<script type="module">${BUILDS.esm.script(origin)}</script>`,
    script: (origin) => `import { EventSource } from '${origin}/dist/eventsource.js'; self.Subject = EventSource;`,
  },
  options: {
    files: ['eventsource.options.js'],
    module: true,
    html: (origin) => `<script type="module">${BUILDS.options.script(origin)}</script>`,
    script: (origin) => `import * as entry from '${origin}/dist/eventsource.options.js'; self.Subject = entry.EventSource; self.SubjectEntry = entry;`,
  },
  // The polyfill leaves an EventSource alone that is there, so that one goes first.
  script: {
    files: ['polyfill.js'],
    module: false,
    html: (origin) => `<script>delete self.EventSource;</script>
<script src="${origin}/dist/polyfill.js"></script>
<script>self.Subject = self.EventSource;</script>`,
    script: (origin) => `delete self.EventSource; importScripts('${origin}/dist/polyfill.js'); self.Subject = self.EventSource;`,
  },
  ...LEGACY_BUILDS,
};

export const CONTEXTS = ['window', 'worker'];

/** The suite as one classic script. @param {string} entry */
async function bundleSuite(entry) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${root}tests/behaviour/${entry}`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'behaviour',
    target: 'es2020',
    // What modules are anyway; the tests of read-only attributes rely on it.
    banner: { js: '"use strict";' },
    // In a module the variable is no global.
    footer: { js: 'self.behaviour = behaviour;' },
  });
  return outputFiles[0].text;
}

/** An ESM build as a classic script, as a bundler makes it for a service worker. @param {string} build */
async function bundleClass(build) {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: BUILDS[build].script('').replace("'/dist", "'./dist"), resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0].text;
}

/**
 * @param {() => {origin: string, otherOrigin: string, controlOrigin: string}} getServer
 * @returns {Promise<(url: URL) => Promise<import('../server.mjs').Answer | undefined>>}
 */
export async function makeRoute(getServer) {
  const suite = await bundleSuite('start.js');
  const optionsSuite = await bundleSuite('start-options.js');
  const lowered = {};
  return async (url) => {
    const [, folder, page] = url.pathname.split('/');
    if (folder === 'ie') return ieFile(page);
    if (folder !== 'host') return undefined;
    const { origin, otherOrigin, controlOrigin } = getServer();
    const query = url.searchParams;
    const name = query.get('build');
    const build = BUILDS[name];
    const { id, grep, expected, atOnce } = Object.fromEntries(query);
    const options = { build: name, otherOrigin, controlOrigin, id, grep, expected, atOnce };
    const start = `self.behaviour.start(${JSON.stringify(options)});`;
    const suiteUrl = `${origin}/host/suite.js?language=${query.get('language')}&build=${name}`;
    const HTML = { 'Content-Type': 'text/html;charset=utf-8', ...build?.headers };
    const SCRIPT = { 'Content-Type': 'text/javascript;charset=utf-8', 'Access-Control-Allow-Origin': '*', ...build?.headers };
    switch (page) {
      case 'suite.js': {
        const language = query.get('language');
        if (language === 'es2020') return { headers: SCRIPT, body: name === 'options' ? optionsSuite : suite };
        lowered[language] ??= lower(language, `${root}tests/behaviour/start.js`);
        return { headers: SCRIPT, body: await lowered[language] };
      }
      case 'window.html':
        return { headers: HTML, body: document(`${build.html(origin)}
<script src="${suiteUrl}"></script>
<script${build.module ? ' type="module"' : ''}>${start}</script>`) };
      case 'worker.html':
        return { headers: HTML, body: document(workerStarter(build, query, options)) };
      case 'worker.js':
        return { headers: SCRIPT, body: build.module
          ? `${build.script(origin)}\nimport '${suiteUrl}';\n${start}`
          : `${build.script(origin)}\nimportScripts('${suiteUrl}');\n${start}` };
      case 'frame.html':
        return frame(build, origin, query);
      case 'dedicated-worker.js':
        return { headers: SCRIPT, body: `${build.script(origin)}\n${OPEN_SOURCES}\nself.onmessage = function (event) { open(event); };` };
      case 'shared-worker.js':
        return { headers: SCRIPT, body: `${build.script(origin)}\n${OPEN_SOURCES}
self.onconnect = function (connection) {
  var port = connection.ports[0];
  port.onmessage = function (event) {
    if (event.data === 'end') self.close();
    else open(event);
  };
};` };
      case 'service-worker.js':
        return { headers: SCRIPT, body: `${build.module ? await bundleClass(name) : build.script(origin)}\n${OPEN_SOURCES}
self.onmessage = (event) => event.waitUntil(new Promise((resolve) => open(event, resolve)).then((source) => source && source.close()));` };
      default:
        return undefined;
    }
  };
}

// What the small workers do: open a source, say what it gets first (or what the constructor threw), and hand it to `then` if given.
// Like all inline scripts here it is in ES5, for the old browsers.
const OPEN_SOURCES = `
function open(message, then) {
  var port = message.data.port;
  var source;
  try {
    source = new self.Subject(message.data.url);
  } catch (error) {
    port.postMessage({ thrown: error.name });
    if (then) then();
    return;
  }
  source.onmessage = source.onerror = function (event) {
    port.postMessage({ type: event.type, data: event.data, origin: event.origin, url: source.url });
    source.onmessage = source.onerror = null;
    if (then) then(source);
  };
}`;

function document(content) {
  return `<!DOCTYPE html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<title>Behaviour suite</title>
<body>
${content}
`;
}

/** A script that starts the suite's worker, and reports when that fails before the suite can. */
function workerStarter(build, query, { controlOrigin, id }) {
  return `<script>
var worker = new Worker('/host/worker.js?${query}', { type: '${build.module ? 'module' : 'classic'}' });
worker.onerror = function (event) {
  event.preventDefault();
  var failure = 'the worker failed: ' + (event.message || 'it did not load');
  var request = new XMLHttpRequest();
  request.open('POST', '${controlOrigin}/reports');
  request.setRequestHeader('Content-Type', 'text/plain');
  request.send(JSON.stringify({ id: '${id}', done: true, failure: failure }));
};
</script>`;
}

function frame(build, origin, query) {
  const charset = query.get('charset') || 'utf-8';
  const headers = { ...build.headers, 'Content-Type': `text/html;charset=${charset}` };
  // Of several policies each has to be met.
  const policies = [build.headers?.['Content-Security-Policy'], query.get('csp')].filter(Boolean);
  if (policies.length) headers['Content-Security-Policy'] = policies.join(', ');
  const base = query.has('base') ? `<base href="${query.get('base')}">` : '';
  return { headers, body: `<!DOCTYPE html>\n${base}\n<title>Frame</title>\n${build.html(origin)}\n` };
}
