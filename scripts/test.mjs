// `npm test`: sets up what is missing, then runs every test, and ends with a summary. `npm test -- NAME ...` runs only
// the steps of these names, and `--browser NAME ...` the behaviour suite in these browsers only.

import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CORE } from './flavours.mjs';
import { run } from './run.mjs';
import { BUILD_NEEDS, CRATE_NEEDS, STAND_IN_NEEDS, TEST_NEEDS } from './setup.mjs';
import { runSteps } from './steps.mjs';

const node = (...args) => () => run(process.execPath, args);
const cargo = (...args) => () => run('cargo', args);

const testFiles = ['tests', 'tests/builds', 'tests/wpt'].flatMap((folder) =>
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
  ['format', async () => {
    await cargo('fmt', '--check')();
    await cargo('fmt', '--check', '--manifest-path', 'tests/servers/axum/Cargo.toml')();
  }],
  ['lint', cargo('clippy', '--locked', '--all-targets', '--', '-D', 'warnings')],
  ['lint-wasm', cargo('clippy', '--locked', '--target', CORE.target, '--features', 'web,client,json', '--', '-D', 'warnings')],
  ['lint-js', node('node_modules/eslint/bin/eslint.js', '.')],
  ['host', cargo('test', '--locked', '--features', 'json')],
  ['crate', node('scripts/test-crate.mjs'), CRATE_NEEDS],
  ['build', node('scripts/build.mjs')],
  ['size', node('scripts/size.mjs')],
  ['wasm-pack', node('scripts/test-wasm.mjs'), TEST_NEEDS],
  ['behaviour', node('tests/behaviour.mjs', ...options.browser.flatMap((name) => ['--browser', name])), [...TEST_NEEDS, ...standIns]],
  ['builds', testRunner(testFiles.filter((file) => !isLegacy(file))), TEST_NEEDS],
  ['legacy', testRunner(testFiles.filter(isLegacy)), [...TEST_NEEDS, ...STAND_IN_NEEDS]],
];

await runSteps('npm test', BUILD_NEEDS, STEPS, wanted);
