// The script-tag build in old browsers, and where WebAssembly is forbidden: more rows for the table in behaviour/hosts.mjs.

import { readFile } from 'node:fs/promises';
import { AS_EDGE, AS_IE } from './removals.mjs';

export const LEGACY_BUILDS = {
  'script-edge': scriptAfter(AS_EDGE, 'dist'),
  'script-ie': scriptAfter(AS_IE, 'ie'),
  'script-no-wasm': {
    ...scriptAfter('delete self.EventSource;', 'dist'),
    // Without 'wasm-unsafe-eval' in it.
    headers: { 'Content-Security-Policy': "script-src 'self' 'unsafe-inline' blob:" },
  },
};

/** A file of dist/ under /ie/: as it is, but that it finds no `document.currentScript`, which IE 11 has not. */
export async function ieFile(name) {
  const text = await readFile(new URL(`../../dist/${name}`, import.meta.url), 'utf8');
  return { headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' }, body: text.replaceAll('currentScript', 'notInIe') };
}

function scriptAfter(preparation, folder) {
  return {
    files: ['polyfill.js'],
    module: false,
    html: (origin) => `<script>${preparation}</script>
<script src="${origin}/${folder}/polyfill.js"></script>
<script>self.Subject = self.EventSource;</script>`,
    script: (origin) => `${preparation} importScripts('${origin}/${folder}/polyfill.js'); self.Subject = self.EventSource;`,
  };
}
