// `npm run size`: the size of every file of dist/, of what a page transfers, against the limits, and of the peers.

import { readFileSync, readdirSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PEERS, bundlePeer, peerTitle } from './peers.mjs';

/** Bytes: what is limited, which files it takes, by which measure, and the most it may have. */
const LIMITS = [
  { what: 'script tag where EventSource is native', files: ['polyfill.js'], measure: 'gzip', most: 4 * 1024 },
  { what: 'script tag, WebAssembly: all that is transferred', files: ['polyfill.js', 'core.js', 'eventsource.wasm'], measure: 'brotli', most: 20 * 1024 },
  { what: 'import of the class, with all that it brings', files: ['eventsource.js'], measure: 'brotli', most: 25_000 },
  { what: 'import of the class with options, with all that it brings', files: ['eventsource.options.js'], measure: 'brotli', most: 34_000 },
  { what: 'script tag, ES5: all that is transferred', files: ['polyfill.js', 'core.es5.js'], measure: 'gzip', most: 28 * 1024 },
];

const sizes = {};
for (const file of readdirSync('dist').sort()) sizes[file] = sizesOf(readFileSync(`dist/${file}`));
console.table(sizes);

console.log('The peers, bundled and minified:');
const peers = await Promise.all(Object.keys(PEERS).map(async (name) => [peerTitle(name), sizesOf(await bundlePeer(name))]));
console.table(Object.fromEntries(peers));

let over = 0;
for (const { what, files, measure, most } of LIMITS) {
  const bytes = files.reduce((sum, file) => sum + sizes[file][measure], 0);
  if (bytes > most) over += 1;
  console.log(`${bytes > most ? 'OVER' : 'ok  '}  ${what}: ${bytes} of ${most} bytes ${measure} (${files.join(' + ')})`);
}
process.exit(over ? 1 : 0);

function sizesOf(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}
