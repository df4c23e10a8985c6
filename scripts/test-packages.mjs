// `npm run test:packages`: the package as its users get it, in bundlers, runtimes and compilers. `npm run test:packages -- NAME ...`
// runs only the steps of these names.

import { existsSync } from 'node:fs';
import { run } from './run.mjs';
import { BUILD_NEEDS, PACKAGES_NEEDS, TEST_NEEDS } from './setup.mjs';
import { runSteps } from './steps.mjs';

const node = (...args) => () => run(process.execPath, args);
const tests = (...names) => node('--test', '--test-concurrency=1', ...names.map((name) => `tests/packages/${name}.test.mjs`));

const STEPS = [
  // `npm test` has built it before.
  ['build', () => (existsSync('dist/eventsource.d.ts') ? Promise.resolve() : node('scripts/build.mjs')())],
  ['pack', tests('pack', 'types')],
  ['imports', tests('imports', 'environments')],
  ['bundlers', tests('bundlers')],
  ['ssr', tests('ssr')],
  ['extension', tests('extension')],
  ['jsdom', tests('jsdom')],
  ['migration', tests('migration')],
  ['runtimes', node('tests/runtimes.mjs')],
];

await runSteps('npm run test:packages', [...BUILD_NEEDS, ...TEST_NEEDS, ...PACKAGES_NEEDS], STEPS, process.argv.slice(2));
