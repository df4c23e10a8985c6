// How a build gets into pages and workers before their first line: what is put in front, and the files that it loads.

import { build as bundle } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/** Below this path the proxy serves the build; no tree has a folder of this name. */
export const PREFIX = '/.eventsource-wasm-build/';

/** The builds by name; what each needs in dist/, and the script (below PREFIX) that installs it. */
export const BUILDS = {
  native: {},
  script: { needs: 'polyfill.js', installer: 'dist/polyfill.js' },
  esm: { needs: 'eventsource.js', installer: 'esm.js' },
};

const MIME_TYPES = { '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm' };
const REMOVE_NATIVE = 'delete self.EventSource';

/**
 * Says why a build cannot be put in place, or nothing.
 * @param {string} name
 * @param {string} dist
 * @returns {string | undefined}
 */
export function whyNoBuild(name, dist) {
  if (!Object.hasOwn(BUILDS, name)) return `no build is called ${name}: there are ${Object.keys(BUILDS).join(', ')}`;
  const { needs } = BUILDS[name];
  if (needs && !existsSync(join(dist, needs))) return `${join(dist, needs)} is not there: npm run build makes it`;
}

/**
 * What the proxy needs to put a build in place of the native class; undefined for the native class itself.
 * @param {'native' | 'script' | 'esm'} name
 * @param {string} dist the folder of the builds
 * @returns {Promise<{page: (html: Buffer) => Buffer, worker: (script: Buffer) => Buffer,
 *   file: (path: string) => Promise<{type: string, body: Buffer} | undefined>} | undefined>}
 */
export async function injection(name, dist) {
  const { installer } = BUILDS[name];
  if (!installer) return undefined;
  const made = new Map();
  if (name === 'esm') made.set(installer, await asClassicScript(join(dist, BUILDS.esm.needs)));
  const tags = `<script>${REMOVE_NATIVE}</script><script src="${PREFIX}${installer}"></script>`;
  const prologue = `${REMOVE_NATIVE};importScripts("${PREFIX}${installer}");`;
  return {
    page: (html) => insert(html, tags, contentStart(html)),
    // On the first line, so that the lines of error messages stay right.
    worker: (script) => insert(script, prologue, 0),
    async file(path) {
      const type = MIME_TYPES[extname(path)] ?? 'application/octet-stream';
      if (made.has(path)) return { type, body: made.get(path) };
      const inDist = normalize(path.replace(/^dist\//, ''));
      if (!path.startsWith('dist/') || inDist.startsWith(`..${sep}`)) return undefined;
      return readFile(join(dist, inDist)).then((body) => ({ type, body }), () => undefined);
    },
  };
}

/** A module cannot run before a page's first classic script, so the class is bundled to a script that installs it. */
async function asClassicScript(module) {
  const { outputFiles } = await bundle({
    stdin: {
      contents: `import { EventSource } from ${JSON.stringify(module)};
        Object.defineProperty(self, 'EventSource', { value: EventSource, writable: true, configurable: true });`,
      resolveDir: '/',
    },
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0].contents);
}

/** Where the first content may stand: behind the doctype, as a page without one is laid out and parsed in another mode. */
function contentStart(html) {
  const [before] = /^(?:\xEF\xBB\xBF)?(?:\s|<!--[^]*?-->|<!doctype[^>]*>|<html(?:\s[^>]*)?>|<head(?:\s[^>]*)?>)*/i.exec(html.toString('latin1'));
  return before.length;
}

/** Works on bytes: the encoding of the document is its own affair. */
function insert(bytes, text, at) {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(text, 'latin1'), bytes.subarray(at)]);
}
