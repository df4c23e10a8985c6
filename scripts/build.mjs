// Builds dist/: the core, then every file of the flavour table around it.

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { CORE, FLAVOURS, JAVASCRIPT_TARGET } from './flavours.mjs';
import { run } from './run.mjs';
import { cargoTool } from './tools.mjs';

const WORK = 'target/core';
const GLUE = `${WORK}/glue.js`;

await mkdir('dist', { recursive: true });
await buildCore();
await Promise.all(FLAVOURS.map(buildFlavour));
await copyFile('js/eventsource.d.ts', 'dist/eventsource.d.ts');

async function buildCore() {
  const { target, cargoArgs, env, optimizerArgs, file } = CORE;
  await run('cargo', ['build', '--release', '--locked', '--target', target, ...cargoArgs], { env });
  await rm(WORK, { recursive: true, force: true });
  await run(cargoTool('wasm-bindgen-cli'), [
    '--target', 'no-modules', '--no-typescript', '--out-name', 'core', '--out-dir', WORK,
    `target/${target}/release/eventsource_wasm.wasm`,
  ]);
  await run('node_modules/.bin/wasm-opt', [...optimizerArgs, `${WORK}/core_bg.wasm`, '-o', `dist/${file}`]);
  const glue = await readFile(`${WORK}/core.js`, 'utf8');
  // A function, so that there can be several instances, and so that its WebAssembly is the caller's.
  await writeFile(GLUE, `export function createGlue(WebAssembly) {\n${glue}\nreturn wasm_bindgen;\n}\n`);
}

function buildFlavour({ file, entry, format, load }) {
  return build({
    entryPoints: [entry],
    outfile: `dist/${file}`,
    format,
    bundle: true,
    minify: true,
    target: JAVASCRIPT_TARGET,
    // Only modules have it, and all engines that have modules do.
    supported: { 'import-meta': format === 'esm' },
    loader: { '.wasm': 'base64' },
    alias: {
      'eventsource-wasm:glue': `./${GLUE}`,
      'eventsource-wasm:binary': `./dist/${CORE.file}`,
      ...(load && { 'eventsource-wasm:load': `./js/load/${load}.js` }),
    },
    logLevel: 'warning',
  });
}
