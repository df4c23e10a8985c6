// `npm run test:servers`: the class with options against servers that people use, and against one that breaks everything.
// `npm run test:servers -- NAME ...` runs only the steps of these names.

import { existsSync } from 'node:fs';
import { run } from './run.mjs';
import { BUILD_NEEDS, CHROMIUM_NEEDS, SERVERS_NEEDS } from './setup.mjs';
import { runSteps } from './steps.mjs';

const node = (...args) => () => run(process.execPath, args);

const STEPS = [
  // `npm test` has built it before.
  ['build', () => (existsSync('dist/eventsource.options.js') ? Promise.resolve() : node('scripts/build.mjs')())],
  ['servers', node('tests/servers.mjs'), SERVERS_NEEDS],
  ['chaos', node('tests/chaos.mjs')],
];

await runSteps('npm run test:servers', [...BUILD_NEEDS, ...CHROMIUM_NEEDS], STEPS, process.argv.slice(2));
