// What .github/ has beside the tables that it follows: the workflow runs the steps of .ci/run in jobs of their own, the form for bugs names the
// package's entries.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { BROWSERS } from './browsers.mjs';
import { STAND_INS } from './stand-ins.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file) => readFileSync(`${root}${file}`, 'utf8');

const { matrix } = parse(read('.github/workflows/ci.yml')).jobs.test.strategy;
/** What follows `npm`, and the steps' names with their options. */
const jobs = [...matrix.command.flatMap((command) => matrix.steps.map((steps) => ({ command, steps }))), ...matrix.include];

const commands = Array.from(read('.ci/run').matchAll(/^npm (.+)$/gm), ([, command]) => command);

/** The names of a command's steps, which it tells when it is asked for one that it has not. */
function stepsOf(command) {
  const [, script] = /^node (\S+)$/.exec(JSON.parse(read('package.json')).scripts[command.replace('run ', '')]);
  const { stderr } = spawnSync(process.execPath, [script, 'another'], { cwd: root, encoding: 'utf8' });
  return /there are (.+)/.exec(stderr)[1].split(', ');
}

/** The names of the steps that the workflow's jobs run by a command, each once. */
function stepsInJobs(command) {
  const named = jobs.filter((job) => job.command === command).flatMap(({ steps }) => steps.replace(/ --.+$/, '').split(' '));
  return [...new Set(named)];
}

test('the workflow runs the commands of .ci/run', () => {
  assert.deepEqual([...new Set(jobs.map(({ command }) => command))].sort(), [...commands].sort());
});

for (const command of commands) {
  test(`the workflow runs each step of npm ${command}`, () => {
    assert.deepEqual(stepsInJobs(command).sort(), stepsOf(command).sort());
  });
}

test('the form for bugs names each entry of the package', () => {
  const entries = Object.keys(JSON.parse(read('package.json')).exports).filter((entry) => !/\*|json/.test(entry));
  const { attributes } = parse(read('.github/ISSUE_TEMPLATE/bug.yml')).body.find(({ id }) => id === 'build');
  const named = attributes.options.flatMap((option) => /eventsource-wasm\S*/.exec(option)?.[0] ?? []);
  assert.deepEqual(named.sort(), entries.map((entry) => entry.replace('.', 'eventsource-wasm')).sort());
});

test('the workflow runs the behaviour suite in each browser and stand-in', () => {
  const browsers = jobs.flatMap(({ steps }) => /behaviour --browser (\S+)$/.exec(steps)?.[1] ?? []);
  assert.deepEqual(browsers.sort(), Object.keys({ ...BROWSERS, ...STAND_INS }).sort());
});
