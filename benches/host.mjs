// `npm run bench:host`: the parser beside other crates' on the host, by `cargo bench` (parser.rs), and in WebAssembly (core.mjs); then a
// table of the results.
//
//   npm run bench:host -- [--save] [FILTER]
//
// --save    writes them to benches/results/host.json, and benches/results/README.md
// FILTER    a regular expression for PAYLOAD/PARSER/CHUNK; what it leaves out keeps the numbers of the run before

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run } from '../scripts/run.mjs';
import { PAYLOADS } from './browser/page/payloads.js';
import { measureCore } from './core.mjs';
import { parserTables } from './parsers.mjs';
import { saveResults } from './report.mjs';
import { circumstances } from './results.mjs';

const { values: { save }, positionals } = parseArgs({ allowPositionals: true, options: { save: { type: 'boolean' } } });
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await run('cargo', ['bench', '--locked', '--bench', 'parser', '--', ...positionals]);

const parsers = [...found(), ...await measureCore(PAYLOADS, [64 * 1024, 1024, 64])];
for (const shown of parserTables(parsers)) console.log(`\n${shown}`);
if (save) await saveResults('host', { ...circumstances(), parsers });

/** What criterion has written down. */
function found() {
  const root = 'target/criterion';
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
  return PAYLOADS.filter((payload) => readdirSync(root).includes(payload)).flatMap((payload) => (
    readdirSync(join(root, payload)).filter((name) => name !== 'report').flatMap((parser) => (
      readdirSync(join(root, payload, parser)).filter((chunk) => /^\d+$/.test(chunk)).map((chunk) => {
        const path = [payload, parser, chunk, 'new'];
        const { throughput: { Bytes: bytes } } = read(...path, 'benchmark.json');
        const { median: { point_estimate: nanoseconds } } = read(...path, 'estimates.json');
        return { payload, parser, chunk: Number(chunk), megabytesPerSecond: (bytes / nanoseconds) * 1000 };
      })
    ))
  ));
}
