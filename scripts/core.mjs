// Builds the cores: Rust -> WebAssembly's MVP, the files in dist/; and in target/core/ what the files of the flavour table are made of:
// their glue, and the cores as JavaScript.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CORE } from './flavours.mjs';
import { makeGlue, makeInstance, trimModule } from './glue.mjs';
import { run } from './run.mjs';
import { cargoTool } from './tools.mjs';

const WORK = 'target/core';

/** The JavaScript beside a core without options, and beside one with them. */
const STANDARD = { init: 'js/standard/init.js', hooks: 'js/standard/hooks.js', source: 'js/source.js', link: 'js/link.js' };
const OPTIONS = { init: 'js/options/init.js', hooks: 'js/options/hooks.js', source: 'js/options/source.js', link: 'js/options/link.js' };

/** What is imported under `eventsource-wasm:`, by the kind of core. */
export const PARTS = {
  wasm: { glue: `${WORK}/wasm/glue.js`, binary: `dist/${CORE.files.wasm}`, jobs: 'js/jobs.js', ...STANDARD },
  es5: { glue: `${WORK}/es5/glue.js`, es5: `${WORK}/es5/instance.js`, jobs: 'js/es5/jobs.js', ...STANDARD },
  options: { glue: `${WORK}/options/glue.js`, binary: `dist/${CORE.files.options}`, jobs: 'js/jobs.js', ...OPTIONS },
  'options-es5': { glue: `${WORK}/options-es5/glue.js`, es5: `${WORK}/options-es5/instance.js`, jobs: 'js/jobs.js', ...OPTIONS },
};

/** What the glue and the core take from us: for all engines, and for those with nothing newer than ES5. */
const TEXT = { names: ['TextDecoder', 'TextEncoder'], from: resolve('js/utf8.js') };
const ES5 = { names: ['Math', 'Promise', 'Reflect', 'TextDecoder', 'TextEncoder'], from: resolve('js/es5/globals.js') };

export async function buildCores() {
  await rm(WORK, { recursive: true, force: true });
  await compile('wasm', [], PARTS.wasm.binary, TEXT);
  await compile('options', ['options'], PARTS.options.binary, TEXT);
  await compileToEs5('es5', [], ES5);
  await compileToEs5('options-es5', ['options'], TEXT);
}

async function compileToEs5(kind, features, globals) {
  const work = `${WORK}/${kind}`;
  await compile(kind, [...features, 'narrow'], `${work}/core.wasm`, globals);
  await binaryen('wasm2js', [...CORE.wasm2jsArgs, `${work}/core.wasm`, '-o', `${work}/wasm2js.js`]);
  await writeFile(PARTS[kind].es5, makeInstance(await readFile(`${work}/wasm2js.js`, 'utf8'), globals));
}

/**
 * @param {keyof typeof PARTS} kind
 * @param {string[]} features of the crate
 * @param {string} binary the file for the WebAssembly
 * @param {{names: string[], from: string}} globals for its glue
 */
async function compile(kind, features, binary, globals) {
  const { target, cargoArgs, env, optimizerArgs } = CORE;
  const work = `${WORK}/${kind}`;
  await run('cargo', ['rustc', '--lib', '--crate-type', 'cdylib', '--release', '--locked', '--target', target, ...cargoArgs, '--no-default-features', '--features', ['web', ...features].join()], { env });
  await run(cargoTool('wasm-bindgen-cli'), [
    '--target', 'bundler', '--no-typescript', '--out-name', 'core', '--out-dir', work,
    `target/${target}/release/eventsource_wasm.wasm`,
  ]);
  await binaryen('wasm-dis', [`${work}/core_bg.wasm`, '-o', `${work}/core.wat`]);
  const glue = await readFile(`${work}/core_bg.js`, 'utf8');
  const { text, names } = trimModule(await readFile(`${work}/core.wat`, 'utf8'), glue);
  await writeFile(`${work}/core.wat`, text);
  await binaryen('wasm-opt', [...optimizerArgs, `${work}/core.wat`, '-o', binary]);
  await writeFile(PARTS[kind].glue, makeGlue(glue, names, globals));
}

function binaryen(tool, args) {
  return run(`node_modules/.bin/${tool}`, args);
}
