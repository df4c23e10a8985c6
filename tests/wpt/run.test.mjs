// The runner, on a tree small enough to know by heart.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../temporary-folder.mjs';
import { listTests } from './tree.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const TREE = here('miniature');
const FAILING = { test: 'variants', subtest: 'is of the first variant' };

const { path: scratch, remove } = temporaryFolder('wpt-test');
after(remove);

/** Runs the runner and gives its exit code and what it printed. */
async function run(args, expected = []) {
  const file = join(scratch, 'expected.json');
  await writeFile(file, JSON.stringify(expected));
  const child = spawn(process.execPath, [here('run.mjs'), '--dist', here('stand-in'), '--expected', file, ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

const inChromium = (build, ...args) => ['--wpt', TREE, '--browser', 'chromium', '--build', build, ...args];

test('says in one line why it cannot run', async () => {
  for (const [args, why] of [
    [[], /^test:wpt: no web-platform-tests checkout: say where it is with --wpt DIR\n$/],
    [['--wpt', scratch], /^test:wpt: .* is no web-platform-tests checkout: it has no eventsource\/\n$/],
    [['--wpt', TREE, '--build', 'other'], /^test:wpt: no build is called other: there are native, script, esm\n$/],
    [['--wpt', TREE, '--dist', scratch], /^test:wpt: .*polyfill\.js is not there: npm run build makes it\n$/],
    [['--wpt', TREE, '--browser', 'lynx'], /^test:wpt: no browser is called lynx: /],
  ]) {
    const { code, stderr } = await run(args);
    assert.match(stderr, why);
    assert.equal(code, 2, stderr);
  }
});

test('derives the pages and tells what it leaves out', async () => {
  const { tests, notRun } = await listTests(TREE);
  assert.deepEqual(tests, [
    { url: '/eventsource/class.any.html', long: false },
    { url: '/eventsource/class.any.serviceworker.html', long: false },
    { url: '/eventsource/class.any.sharedworker.html', long: false },
    { url: '/eventsource/class.any.worker.html', long: false },
    { url: '/eventsource/frame-and-worker.htm', long: false },
    { url: '/eventsource/variants.window.html?one', long: true },
    { url: '/eventsource/variants.window.html?two', long: true },
  ]);
  assert.deepEqual(notRun, [
    { path: 'eventsource/needs-testdriver.window.js', reason: 'needs testdriver, which this runner does not speak' },
  ]);
});

for (const build of ['script', 'esm']) {
  test(`puts the ${build} build into windows, iframes and workers`, async () => {
    const { code, stdout, stderr } = await run(inChromium(build));
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines.shift(), new RegExp(`^chromium [\\d.]+, ${build}$`), stderr);
    assert.deepEqual(lines.slice(0, -1), [
      '  FAIL /eventsource/variants.window.html?two | is of the first variant',
      '    assert_equals: location.search expected ?one but got ?two',
      '  NOT RUN /eventsource/needs-testdriver.window.js | needs testdriver, which this runner does not speak',
    ]);
    assert.match(lines.at(-1), new RegExp(`^chromium [\\d.]+, ${build}: 8 of 9 subtests pass in 7 pages, 1 fail \\(0 expected\\), 1 unexpected$`));
    assert.equal(code, 1);
  });
}

test('takes a listed failure for granted, and what may pass as well', async () => {
  const entries = [
    { ...FAILING, builds: ['script'], intermittent: true, reason: 'It is the second.' },
    { test: 'variants', subtest: 'of another tree', builds: ['script'], reason: 'It is not there.' },
  ];
  const { code, stdout } = await run(inChromium('script', '--only', 'variants'), entries);
  assert.match(stdout, /FAIL \(expected\) .*\?two \| is of the first variant\n {4}It is the second\.\n/);
  assert.match(stdout, /1 of 2 subtests pass in 2 pages, 1 fail \(1 expected\), 0 unexpected\n$/);
  assert.equal(code, 0);
});

test('reports a listed failure that passes, and leaves the native class alone', async () => {
  const entries = [
    { ...FAILING, builds: ['native'], reason: 'It is the second.' },
    { test: 'class', subtest: 'the build is in place', builds: ['native'], reason: 'There is no build.' },
    { test: 'frame-and-worker', subtest: 'in the iframe', builds: ['native'], browsers: ['firefox'], reason: 'Of another browser.' },
  ];
  const { code, stdout } = await run(inChromium('native'), entries);
  assert.match(stdout, /PASS \(unexpected\) \/eventsource\/variants\.window\.html\?one \| is of the first variant\n {4}listed as a failure: It is the second\.\n/);
  assert.match(stdout, /FAIL \(expected\) \/eventsource\/class\.any\.serviceworker\.html \| the build is in place\n/);
  assert.match(stdout, /FAIL \/eventsource\/frame-and-worker\.htm \| in the iframe\n/);
  assert.match(stdout, /2 of 9 subtests pass in 7 pages, 7 fail \(5 expected\), 3 unexpected\n$/);
  assert.equal(code, 1);
});
