// The JavaScript packages that do what this one does, as they are measured beside it: package -> its entry for browsers.

import { createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

export const PEERS = {
  'event-source-polyfill': 'event-source-polyfill',
  eventsource: 'eventsource',
  'eventsource-client': 'eventsource-client',
  'eventsource-polyfill': 'eventsource-polyfill/dist/eventsource.js',
  '@microsoft/fetch-event-source': '@microsoft/fetch-event-source',
  'sse.js': 'sse.js',
};

/** Name and version, as in the lock file. */
export function peerTitle(name) {
  return `${name} ${require(`../node_modules/${name}/package.json`).version}`;
}

/**
 * A peer with all that it needs, minified, as a page would load it.
 * @param {string} name one of PEERS
 * @param {import('esbuild').BuildOptions} [output] its format
 */
export async function bundlePeer(name, output = { format: 'esm' }) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${PEERS[name]}';`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    ...output,
    platform: 'browser',
    logLevel: 'error',
  });
  return outputFiles[0].contents;
}
