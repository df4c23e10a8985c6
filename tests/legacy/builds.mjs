// The script-tag build in old browsers, and where WebAssembly is forbidden: more rows for the table in behaviour/hosts.mjs.

import { AS_EDGE, AS_IE } from './removals.mjs';

export const LEGACY_BUILDS = {
  'script-edge': scriptAfter(AS_EDGE),
  'script-ie': scriptAfter(AS_IE),
  'script-no-wasm': {
    ...scriptAfter('delete self.EventSource;'),
    // Without 'wasm-unsafe-eval' in it.
    headers: { 'Content-Security-Policy': "script-src 'self' 'unsafe-inline' blob:" },
  },
};

function scriptAfter(preparation) {
  return {
    files: ['polyfill.js'],
    module: false,
    html: (origin) => `<script>${preparation}</script>
<script src="${origin}/dist/polyfill.js"></script>
<script>self.Subject = self.EventSource;</script>`,
    script: (origin) => `${preparation} importScripts('${origin}/dist/polyfill.js'); self.Subject = self.EventSource;`,
  };
}
