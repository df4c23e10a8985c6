// Builds dist/: the cores, then every file of the flavour table around them.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import swc from '@swc/core';
import { build } from 'esbuild';
import { minify } from 'terser';
import { PARTS, buildCores } from './core.mjs';
import { CORE, FLAVOURS, MODERN, TYPES } from './flavours.mjs';
import { run } from './run.mjs';

await mkdir('dist', { recursive: true });
await buildCores();
await Promise.all(FLAVOURS.map(buildFlavour));
await run('node_modules/.bin/es-check', ['es5', ...FLAVOURS.filter(({ syntax, format }) => syntax === 'es5' && format !== 'esm').map(({ file }) => `dist/${file}`)], { quiet: true });
for (const [file, source] of Object.entries(TYPES)) await copyFile(source, `dist/${file}`);

async function buildFlavour({ file, entry, format, load, core = 'wasm', syntax = MODERN, workerd = false }) {
  const isOld = syntax === 'es5';
  const parts = Object.entries(PARTS[core]).map(([name, path]) => [`eventsource-wasm:${name}`, `./${path}`]);
  // It makes a module of the WebAssembly by itself (js/load/workerd.js).
  if (workerd) parts.push(['eventsource-wasm:binary', `./${CORE.files[core]}`]);
  await build({
    entryPoints: [entry],
    outfile: `dist/${file}`,
    // A script that is lowered further gets its function around it at the end, with all that the lowering adds.
    format: isOld && format === 'iife' ? 'esm' : format,
    bundle: true,
    target: MODERN,
    // Only modules have it, and all engines that have modules do.
    supported: { 'import-meta': format === 'esm' },
    loader: { '.wasm': 'base64' },
    define: { WORKERD: String(workerd) },
    external: workerd ? [`./${CORE.files[core]}`] : [],
    // What modules are anyway.
    banner: format === 'cjs' ? { js: '"use strict";' } : {},
    alias: { ...Object.fromEntries(parts), ...(load && { 'eventsource-wasm:load': `./js/load/${load}.js` }) },
    logLevel: 'warning',
  });
  const code = await readFile(`dist/${file}`, 'utf8');
  await writeFile(`dist/${file}`, await shrink(isOld ? await lower(code, format) : code, { isOld, format, core }));
}

async function shrink(code, { isOld, format, core }) {
  const { code: minified } = await minify(code, {
    ecma: isOld ? 5 : 2017,
    module: format === 'esm',
    toplevel: format === 'cjs',
    // What wasm2js writes declares its variables all over.
    compress: { passes: 3, pure_getters: true, hoist_vars: core.endsWith('es5') },
  });
  return `${minified}\n`;
}

/** To ES5, but for a module's `export`. The sources are strict code without iterables and symbols, so that loose output means the same. */
async function lower(code, format) {
  const { code: lowered } = await swc.transform(code, {
    swcrc: false,
    configFile: false,
    isModule: format === 'esm',
    module: { type: 'es6' },
    jsc: { loose: true, assumptions: { noClassCalls: true }, parser: { syntax: 'ecmascript' } },
    env: { targets: { ie: '11' }, loose: true, exclude: ['transform-typeof-symbol'] },
  });
  return format === 'iife' ? `(function () {\n'use strict';\n${lowered}\n})();` : lowered;
}
