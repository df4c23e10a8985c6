// Writes the site: files that any host can serve, in any folder.

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describeWithoutServer } from '../../www/streams/endpoints.js';
import { frame } from './frame.mjs';
import { render } from './markdown.mjs';
import { createLinks, pages as existingPages, piecesOf } from './pages.mjs';

/** What the site has from www/ as it is; the rest of it is the demo's server. */
const FROM_WWW = ['demo', 'stand-in', 'streams', 'polyfill.html', 'style.css', 'icon.svg', 'speed.svg'];

/**
 * Writes the site, from dist/ as it is there.
 * @param {string} folder emptied before
 * @returns {Promise<string[]>} the names of its pages' files
 */
export async function buildSite(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(FROM_WWW.filter((name) => existsSync(`www/${name}`)).map((name) => cp(`www/${name}`, join(folder, name), { recursive: true })));
  await cp('dist', join(folder, 'dist'), { recursive: true });
  await writeFile(join(folder, 'endpoints.json'), JSON.stringify({ endpoints: describeWithoutServer() }, null, 2));
  // In one script: not every browser's service workers can be modules.
  await build({ entryPoints: ['www/stand-in/worker.js'], outfile: join(folder, 'stand-in.js'), bundle: true, format: 'iife', logLevel: 'warning' });

  const pages = existingPages();
  const link = createLinks(pages);
  const html = await readFile('www/index.html', 'utf8');
  for (const page of pages) {
    const content = page.source.endsWith('.md') ? render(piecesOf(page.source), link) : undefined;
    await writeFile(join(folder, page.file), frame(html, pages, page, content));
  }
  return pages.map(({ file }) => file);
}
