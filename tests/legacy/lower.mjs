// The behaviour suite in the language of old browsers: the same files, bundled with what they need at run time.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import esbuild from 'esbuild';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** See methods.js. */
const METHODS = /\.(append|endsWith|fill|find|findIndex|flat|flatMap|includes|remove|repeat|startsWith)\(/g;

/** Language -> esbuild's target, and what stands in place of missing globals. */
const LANGUAGES = {
  es2017: { target: 'chrome64', globals: 'globals.js' },
  es5: { target: 'es5', globals: 'globals-es5.js' },
};

/**
 * @param {'es2017' | 'es5'} language
 * @param {string} entry
 * @returns {Promise<string>} a classic script that puts the entry's exports on the global as `behaviour`
 */
export async function lower(language, entry) {
  const { target, globals } = LANGUAGES[language];
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'behaviour',
    target,
    // lie's word for it.
    define: { global: 'self' },
    inject: [here('methods.js'), here(globals)],
    banner: { js: '"use strict";' },
    footer: { js: 'self.behaviour = behaviour;' },
    plugins: [{ name: 'lower', setup: (build) => build.onLoad({ filter: /\/tests\/.*\.js$/ }, load) }],
  });
  return outputFiles[0].text;

  async function load({ path }) {
    const code = (await readFile(path, 'utf8')).replace(METHODS, '.suite_$1(');
    return { contents: language === 'es5' ? await toEs5(code) : code };
  }
}

async function toEs5(source) {
  // Loose: lists are iterated without Symbol.
  const { code } = await transform(source, { jsc: { target: 'es5', loose: true, parser: { syntax: 'ecmascript' } }, module: { type: 'es6' } });
  // A generator that another one goes through has no [Symbol.iterator] to know it by.
  return code.replace('function _ts_values(o) {', '$& if (o && o.next) return o;');
}
