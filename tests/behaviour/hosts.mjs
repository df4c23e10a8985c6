// The pages and workers in which the suite runs, for each build: what the test server's `route` answers under /host/.

import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The builds. `files` are what they need from dist/; `html` and `script` put the class under test on the global as `Subject`, in a
 * page and in a worker; `module` says that the worker is a module worker.
 * @type {Record<string, {files: string[], module: boolean, html: (origin: string) => string, script: (origin: string) => string}>}
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
  // The polyfill leaves an EventSource alone that is there, so that one goes first.
  script: {
    files: ['polyfill.js'],
    module: false,
    html: (origin) => `<script>delete self.EventSource;</script>
<script src="${origin}/dist/polyfill.js"></script>
<script>self.Subject = self.EventSource;</script>`,
    script: (origin) => `delete self.EventSource; importScripts('${origin}/dist/polyfill.js'); self.Subject = self.EventSource;`,
  },
};

export const CONTEXTS = ['window', 'worker'];

const HTML = { 'Content-Type': 'text/html;charset=utf-8' };
const SCRIPT = { 'Content-Type': 'text/javascript;charset=utf-8', 'Access-Control-Allow-Origin': '*' };

/** The suite as one classic script. */
async function bundleSuite() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [`${root}tests/behaviour/start.js`],
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

/** The ESM build as a classic script, as a bundler makes it for a service worker. */
async function bundleClass() {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: BUILDS.esm.script('').replace("'/dist", "'./dist"), resolveDir: root },
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
  const suite = await bundleSuite();
  return async (url) => {
    const [, folder, page] = url.pathname.split('/');
    if (folder !== 'host') return undefined;
    const { origin, otherOrigin, controlOrigin } = getServer();
    const query = url.searchParams;
    const name = query.get('build');
    const build = BUILDS[name];
    const options = { build: name, otherOrigin, controlOrigin, id: query.get('id'), grep: query.get('grep') };
    const start = `self.behaviour.start(${JSON.stringify(options)});`;
    switch (page) {
      case 'suite.js':
        return { headers: SCRIPT, body: suite };
      case 'window.html':
        return { headers: HTML, body: document(`${build.html(origin)}
<script src="${origin}/host/suite.js"></script>
<script type="module">${start}</script>`) };
      case 'worker.html':
        return { headers: HTML, body: document(workerStarter(build, query, options)) };
      case 'worker.js':
        return { headers: SCRIPT, body: build.module
          ? `${build.script(origin)}\nimport '${origin}/host/suite.js';\n${start}`
          : `${build.script(origin)}\nimportScripts('${origin}/host/suite.js');\n${start}` };
      case 'frame.html':
        return frame(build, origin, query);
      case 'dedicated-worker.js':
        return { headers: SCRIPT, body: `${build.script(origin)}\n${OPEN_SOURCES}\nself.onmessage = open;` };
      case 'shared-worker.js':
        return { headers: SCRIPT, body: `${build.script(origin)}\n${OPEN_SOURCES}
self.onconnect = ({ ports: [port] }) => {
  port.onmessage = (event) => (event.data === 'end' ? self.close() : open(event));
};` };
      case 'service-worker.js':
        return { headers: SCRIPT, body: `${build.module ? await bundleClass() : build.script(origin)}\n${OPEN_SOURCES}
self.onmessage = (event) => event.waitUntil(open(event).then((source) => source && source.close()));` };
      default:
        return undefined;
    }
  };
}

// What the small workers do: open a source, say what it gets first (or what the constructor threw).
const OPEN_SOURCES = `
function open({ data: { url, port } }) {
  let source;
  try {
    source = new self.Subject(url);
  } catch (error) {
    port.postMessage({ thrown: error.name });
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    source.onmessage = source.onerror = ({ type, data, origin }) => {
      port.postMessage({ type, data, origin, url: source.url });
      source.onmessage = source.onerror = null;
      resolve(source);
    };
  });
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
const worker = new Worker('/host/worker.js?${query}', { type: '${build.module ? 'module' : 'classic'}' });
worker.onerror = (event) => {
  event.preventDefault();
  const failure = 'the worker failed: ' + (event.message || 'it did not load');
  fetch('${controlOrigin}/reports', { method: 'POST', body: JSON.stringify({ id: '${id}', done: true, failure }) });
};
</script>`;
}

function frame(build, origin, query) {
  const charset = query.get('charset') || 'utf-8';
  const headers = { 'Content-Type': `text/html;charset=${charset}` };
  if (query.has('csp')) headers['Content-Security-Policy'] = query.get('csp');
  const base = query.has('base') ? `<base href="${query.get('base')}">` : '';
  return { headers, body: `<!DOCTYPE html>\n${base}\n<title>Frame</title>\n${build.html(origin)}\n` };
}
