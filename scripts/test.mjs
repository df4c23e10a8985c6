// `npm test`: sets up what is missing, then runs every test, and ends with a summary. `npm test -- NAME ...` runs only
// the steps of these names, and `--browser NAME ...` the behaviour suite in these browsers only.

import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BUILD_NEEDS, STAND_IN_NEEDS, TEST_NEEDS, setUp } from './setup.mjs';
import { run } from './run.mjs';

const node = (...args) => () => run(process.execPath, args);
const cargo = (...args) => () => run('cargo', args);

const testFiles = ['tests', 'tests/wpt'].flatMap((folder) =>
  readdirSync(folder).filter((file) => file.endsWith('.test.mjs')).sort().map((file) => `${folder}/${file}`),
);
const isLegacy = (file) => file.startsWith('tests/legacy');
const testRunner = (files) => node('--test', '--test-concurrency=1', ...files);

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'string', multiple: true, default: [] } },
});

const standIns = STAND_IN_NEEDS.filter(({ name }) => !options.browser.length || options.browser.includes(name));

/** A step's name, what it runs, and what that needs beside a build's needs. */
const STEPS = [
  ['format', cargo('fmt', '--check')],
  ['lint', cargo('clippy', '--locked', '--all-targets', '--', '-D', 'warnings')],
  ['lint-wasm', cargo('clippy', '--locked', '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings')],
  ['lint-js', node('node_modules/eslint/bin/eslint.js', '.')],
  ['host', cargo('test', '--locked')],
  ['build', node('scripts/build.mjs')],
  ['size', node('scripts/size.mjs')],
  ['wasm-pack', node('scripts/test-wasm.mjs'), TEST_NEEDS],
  ['behaviour', node('tests/behaviour.mjs', ...options.browser.flatMap((name) => ['--browser', name])), [...TEST_NEEDS, ...standIns]],
  ['builds', testRunner(testFiles.filter((file) => !isLegacy(file))), TEST_NEEDS],
  ['legacy', testRunner(testFiles.filter(isLegacy)), [...TEST_NEEDS, ...STAND_IN_NEEDS]],
];

const unknown = wanted.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length) {
  console.error(`npm test: there is no step ${unknown.join(', ')}; there are ${STEPS.map(([step]) => step).join(', ')}`);
  process.exit(2);
}
const steps = STEPS.filter(([step]) => !wanted.length || wanted.includes(step));
try {
  await setUp([...new Set([...BUILD_NEEDS, ...steps.flatMap(([, , needs = []]) => needs)])]);
} catch (error) {
  console.error(`npm test: ${error.message}`);
  process.exit(1);
}

const results = [];
for (const [step, test] of steps) {
  console.log(`\n=== ${step}`);
  const start = performance.now();
  const error = await test().then(() => null, (reason) => reason);
  results.push({ step, error, seconds: (performance.now() - start) / 1000 });
  if (error) console.error(error.message);
}

console.log('\n=== summary');
for (const { step, error, seconds } of results) {
  console.log(`${error ? 'FAILED' : 'ok    '}  ${step.padEnd(12)} ${seconds.toFixed(0).padStart(5)} s${error ? `  ${error.message}` : ''}`);
}
const failed = results.filter(({ error }) => error).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
