// Builds the core: Rust -> WebAssembly's MVP -> dist/eventsource.wasm; and in target/core/ what the files of the flavour
// table are made of: its glue, and the same core as JavaScript.

import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CORE } from './flavours.mjs';
import { makeGlue, makeInstance, trimModule } from './glue.mjs';
import { run } from './run.mjs';
import { cargoTool } from './tools.mjs';

const WORK = 'target/core';

/** What is imported under `eventsource-wasm:`, by the kind of core. */
export const PARTS = {
  wasm: { glue: `${WORK}/glue.js`, binary: `dist/${CORE.file}`, jobs: 'js/jobs.js' },
  es5: { glue: `${WORK}/glue.es5.js`, es5: `${WORK}/instance.js`, jobs: 'js/es5/jobs.js' },
};

/** What the glue and the core take from us: for all engines, and for those with nothing newer than ES5. */
const TEXT = { names: ['TextDecoder', 'TextEncoder'], from: resolve('js/utf8.js') };
const ES5 = { names: ['Math', 'Promise', 'Reflect', 'TextDecoder', 'TextEncoder'], from: resolve('js/es5/globals.js') };

export async function buildCore() {
  const { target, cargoArgs, env, optimizerArgs, file } = CORE;
  await run('cargo', ['build', '--release', '--locked', '--target', target, ...cargoArgs], { env });
  await rm(WORK, { recursive: true, force: true });
  await run(cargoTool('wasm-bindgen-cli'), [
    '--target', 'bundler', '--no-typescript', '--out-name', 'core', '--out-dir', WORK,
    `target/${target}/release/eventsource_wasm.wasm`,
  ]);
  await binaryen('wasm-dis', [`${WORK}/core_bg.wasm`, '-o', `${WORK}/core.wat`]);
  const glue = await readFile(`${WORK}/core_bg.js`, 'utf8');
  const { text, names } = trimModule(await readFile(`${WORK}/core.wat`, 'utf8'), glue);
  await writeFile(`${WORK}/core.wat`, text);
  await binaryen('wasm-opt', [...optimizerArgs, `${WORK}/core.wat`, '-o', `dist/${file}`]);
  await binaryen('wasm2js', [...CORE.wasm2jsArgs, `dist/${file}`, '-o', `${WORK}/wasm2js.js`]);

  await writeFile(PARTS.wasm.glue, makeGlue(glue, names, TEXT));
  await writeFile(PARTS.es5.glue, makeGlue(glue, names, ES5));
  await writeFile(PARTS.es5.es5, makeInstance(await readFile(`${WORK}/wasm2js.js`, 'utf8'), ES5));
}

function binaryen(tool, args) {
  return run(`node_modules/.bin/${tool}`, args);
}
