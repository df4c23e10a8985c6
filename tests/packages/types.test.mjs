// The types, checked by two compilers: today's, and the oldest that is promised.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { run } from '../../scripts/run.mjs';
import { TOOLS, makeApp, writeFiles } from './app.mjs';

const COMPILERS = { 'TypeScript 7': 'typescript/bin/tsc', 'TypeScript 5.4': 'typescript-5/bin/tsc' };

/** Test file -> the environment's types, and the ways of finding modules. */
const CASES = {
  'with-dom.ts': { lib: ['es2022', 'dom'], types: [], modules: ['bundler', 'nodenext'] },
  'without-dom.ts': { lib: ['es2022'], types: [], modules: ['bundler', 'nodenext'] },
  'disposing.ts': { lib: ['es2022', 'esnext.disposable', 'dom'], types: [], modules: ['bundler'] },
  'oldest.ts': { lib: ['es2015', 'dom'], types: [], modules: ['bundler'] },
  'oldest-options.ts': { lib: ['es2018', 'dom'], types: [], modules: ['bundler'] },
  'with-node.cts': { lib: ['es2022'], types: ['node'], modules: ['nodenext'] },
};

let app;
before(async () => {
  const files = Object.keys(CASES).map(async (file) => [file, await readFile(new URL(`types/${file}`, import.meta.url), 'utf8')]);
  app = await makeApp(Object.fromEntries(await Promise.all(files)));
});

for (const [compiler, path] of Object.entries(COMPILERS)) {
  for (const [file, { lib, types, modules }] of Object.entries(CASES)) {
    for (const moduleResolution of modules) {
      test(`${compiler}, ${file}, ${moduleResolution}`, async () => {
        const config = `tsconfig-${file}-${moduleResolution}.json`;
        await writeFiles(app, { [config]: JSON.stringify({
          compilerOptions: {
            noEmit: true,
            strict: true,
            exactOptionalPropertyTypes: true,
            target: 'es2022',
            module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
            moduleResolution,
            lib,
            types,
            typeRoots: [join(TOOLS, 'node_modules/@types')],
          },
          files: [file],
        }) });
        await run(process.execPath, [join(TOOLS, 'node_modules', path), '--project', config], { cwd: app, quiet: true });
      });
    }
  }
}
