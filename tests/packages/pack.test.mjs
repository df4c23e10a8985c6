// What is published: the tarball's content, and what package.json says of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { FLAVOURS, CORE, TYPES } from '../../scripts/flavours.mjs';
import { run } from '../../scripts/run.mjs';
import { makeApp, tarball, tool } from './app.mjs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
/** The entries that have others than the class's. */
const OTHER_TYPES = { './options': 'eventsource.options', './options/es5': 'eventsource.options', './polyfill': 'polyfill' };
const types = (name) => ({ require: `./dist/${name}.d.cts`, default: `./dist/${name}.d.ts` });

let app;
before(async () => {
  app = await makeApp();
});

test('the tarball holds the builds, their types, README and licenses, and nothing else', async () => {
  const listed = await run('tar', ['-tzf', await tarball()], { quiet: true });
  const dist = [...FLAVOURS.map(({ file }) => file), ...Object.values(CORE.files), ...Object.keys(TYPES)].map((file) => `dist/${file}`);
  assert.deepEqual(
    listed.trim().split('\n').sort(),
    ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json', ...dist].map((file) => `package/${file}`).sort(),
  );
});

test('it needs nothing and runs nothing when it is installed', () => {
  for (const member of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) assert.equal(manifest[member], undefined, member);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts[script], undefined, script);
});

test('package.json says who made it, of what, and for whom', () => {
  for (const member of ['description', 'license', 'keywords', 'engines', 'files']) assert.ok(manifest[member], member);
  const license = readFileSync(new URL('../../LICENSE-MIT', import.meta.url), 'utf8');
  assert.ok(license.includes(`Copyright (c) 2026 ${manifest.author}\n`), manifest.author);
  const [, repository] = /^git\+(https:.+)\.git$/.exec(manifest.repository.url);
  assert.equal(manifest.homepage, `${repository}#readme`);
  assert.equal(manifest.bugs.url, `${repository}/issues`);
});

test('only the polyfills have side effects', () => {
  assert.deepEqual(manifest.sideEffects, ['./dist/polyfill*']);
});

test('every entry leads to a file that is there, with its types first', async () => {
  const leads = (target) => (typeof target === 'string' ? [target] : Object.values(target).flatMap(leads));
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (entry.includes('*') || entry === './package.json') continue;
    assert.equal(Object.keys(target)[0], 'types', entry);
    assert.deepEqual(target.types, types(OTHER_TYPES[entry] ?? 'eventsource'), entry);
    for (const file of leads(target)) await readFile(join(app, 'node_modules/eventsource-wasm', file));
  }
  for (const member of ['main', 'module', 'types', 'unpkg', 'jsdelivr']) await readFile(join(app, 'node_modules/eventsource-wasm', manifest[member]));
});

test('publint finds nothing', async () => {
  const found = await run(tool('publint'), ['run', '--strict', await tarball()], { quiet: true });
  assert.match(found, /All good!/);
});

test('arethetypeswrong finds nothing', async () => {
  const found = await run(tool('attw'), [await tarball(), '--no-emoji', '--format', 'json'], { quiet: true });
  const { analysis, problems } = JSON.parse(found);
  assert.deepEqual(problems ?? {}, {});
  assert.deepEqual(analysis.problems, []);
  for (const entry of Object.keys(OTHER_TYPES).concat('.', './external', './es5')) assert.equal(analysis.entrypoints[entry].hasTypes, true, entry);
});
