// What stands in a web-platform-tests tree: which pages its eventsource/ folder makes. It reads files; it runs nothing.

import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The folder of the tree whose tests are run. */
export const SUITE = 'eventsource';

/** The page that the tree's server makes of `NAME.any.js`, by the global that it runs in. */
const PAGE_OF_GLOBAL = {
  window: '.any.html',
  dedicatedworker: '.any.worker.html',
  sharedworker: '.any.sharedworker.html',
  serviceworker: '.any.serviceworker.html',
};
const WORKERS = ['dedicatedworker', 'sharedworker', 'serviceworker'];
const DEFAULT_GLOBALS = ['window', 'dedicatedworker'];

/** Files that the tree's server answers although they are not on disk under that name. */
const SERVED_BY_RULE = ['/resources/testharnessreport.js', '/resources/WebIDLParser.js'];

/** What stops a test from running here, by a script that it asks for. */
const OUT_OF_REACH = [
  [/\/testdriver(-vendor|-actions)?\.js/, 'needs testdriver, which this runner does not speak'],
  [/\/back-forward-cache\//, 'needs the back/forward cache, which a WebDriver session does not have'],
];

/**
 * @typedef {{url: string, long: boolean}} Test a page, relative to the host, and whether it may take its time
 * @typedef {{path: string, reason: string}} NotRun
 */

/**
 * Says why a folder cannot be run, or nothing.
 * @param {string | undefined} dir
 * @returns {string | undefined}
 */
export function whyNotATree(dir) {
  if (!dir) return 'no web-platform-tests checkout: say where it is with --wpt DIR';
  for (const part of [SUITE, join('tools', 'serve')]) {
    if (!existsSync(join(dir, part))) return `${dir} is no web-platform-tests checkout: it has no ${part}/`;
  }
}

/**
 * The tests of the tree, in the order of their addresses, and those that are left out.
 * @param {string} dir the tree
 * @returns {Promise<{tests: Test[], notRun: NotRun[]}>}
 */
export async function listTests(dir) {
  const tests = [];
  const notRun = [];
  for (const path of await candidates(dir)) {
    const source = (await readFile(join(dir, path))).toString('latin1');
    const about = path.endsWith('.js') ? scriptMetadata(source) : pageMetadata(source);
    if (!about) continue;
    const reason = whyNotRun(dir, path, about.scripts);
    if (reason) {
      notRun.push({ path, reason });
      continue;
    }
    for (const page of pages(path, about.globals)) {
      if (page.reason) notRun.push({ path, reason: page.reason });
      else for (const variant of about.variants) tests.push({ url: `/${page.path}${variant}`, long: about.long });
    }
  }
  tests.sort((a, b) => (a.url < b.url ? -1 : 1));
  return { tests, notRun };
}

/** Paths of the files that may be tests, `/` between their parts. */
async function candidates(dir) {
  const entries = await readdir(join(dir, SUITE), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((path) => !/\/(resources|support|tools)\//.test(path))
    .filter((path) => /\.(any|window|worker)\.js$|\.x?html?$/.test(path))
    .filter((path) => !/-(not)?ref\d*\.|-manual\./.test(path))
    .sort();
}

/** The `// META: key=value` lines that open a script. */
function scriptMetadata(source) {
  const about = { long: false, scripts: [], variants: [], globals: DEFAULT_GLOBALS };
  for (const line of source.split(/\r?\n/)) {
    const [, key, value] = /^\/\/\s*META:\s*(\w*)=(.*)$/.exec(line) ?? [];
    if (!key) break;
    if (key === 'timeout') about.long = value === 'long';
    if (key === 'script') about.scripts.push(value);
    if (key === 'variant') about.variants.push(value);
    if (key === 'global') about.globals = value.split(',').flatMap((name) => (name.trim() === 'worker' ? WORKERS : name.trim()));
  }
  return withOneVariant(about);
}

/** The same of a page, which is a test only when it loads the harness. */
function pageMetadata(source) {
  const scripts = [...source.matchAll(/<script[^>]*\ssrc\s*=\s*["']?([^"'\s>]+)/gi)].map(([, src]) => src);
  if (!scripts.some((src) => src.endsWith('/testharness.js'))) return undefined;
  const metas = [...source.matchAll(/<meta\s[^>]*>/gi)].map(([tag]) => ({ name: attribute(tag, 'name'), content: attribute(tag, 'content') }));
  return withOneVariant({
    long: metas.some(({ name, content }) => name === 'timeout' && content === 'long'),
    scripts,
    variants: metas.filter(({ name }) => name === 'variant').map(({ content }) => content),
    globals: [],
  });
}

/** A test without variants is one that is loaded once, as it is. */
function withOneVariant(about) {
  return about.variants.length ? about : { ...about, variants: [''] };
}

function attribute(tag, name) {
  const [, quoted, single, bare] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, 'i').exec(tag) ?? [];
  return quoted ?? single ?? bare;
}

function whyNotRun(dir, path, scripts) {
  if (/\.(https|h2)\./.test(path)) return 'needs https, and the tree is served over http only';
  for (const script of scripts) {
    const [, reason] = OUT_OF_REACH.find(([pattern]) => pattern.test(script)) ?? [];
    if (reason) return reason;
    const file = script.split(/[?#]/)[0];
    if (file.startsWith('/') && !SERVED_BY_RULE.includes(file) && !existsSync(join(dir, file))) return `needs ${file}, which the tree does not have`;
  }
}

function pages(path, globals) {
  if (path.endsWith('.window.js')) return [{ path: path.replace(/\.js$/, '.html') }];
  if (path.endsWith('.any.js')) {
    return globals.map((global) =>
      PAGE_OF_GLOBAL[global]
        ? { path: path.replace(/\.any\.js$/, PAGE_OF_GLOBAL[global]) }
        : { reason: `runs in ${global}, where a build cannot be put in place of the native class` },
    );
  }
  return [{ path: path.replace(/\.worker\.js$/, '.worker.html') }];
}
