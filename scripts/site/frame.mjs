// What surrounds each page: www/index.html, whose parts are replaced.

import { escape } from './markdown.mjs';

/**
 * @param {string} html www/index.html
 * @param {import('./pages.mjs').Page[]} pages
 * @param {import('./pages.mjs').Page} page
 * @param {{title: string, description: string, html: string}} [content] without it, the page keeps its own
 */
export function frame(html, pages, page, content) {
  const links = pages.map(({ file, name }) => `<a href="${file}"${file === page.file ? ' aria-current="page"' : ''}>${name}</a>`);
  const framed = replace(html, /(<nav [^>]*>)[^]*?(<\/nav>)/, (_, start, end) => `${start}\n        ${links.join('\n        ')}\n      ${end}`);
  if (!content) return framed;
  // Only the first page's pitch is the title of its page.
  return [
    [/<title>[^]*?<\/title>/, () => `<title>${escape(content.title)} · eventsource-wasm</title>`],
    [/<meta name="description" content="[^"]*">/, () => `<meta name="description" content="${escape(content.description)}">`],
    [/ *<script [^]*?<\/script>\n/, () => ''],
    [/<h1>([^]*?)<\/h1>/, (_, name) => `<p class="name">${name}</p>`],
    [/<main [^]*?<\/main>/, () => `<main id="main" class="wide text">\n${content.html}</main>`],
    [/ *<template [^]*<\/template>\n/, () => ''],
  ].reduce((html, [part, by]) => replace(html, part, by), framed);
}

function replace(html, part, by) {
  if (!part.test(html)) throw new Error(`www/index.html has no ${part}`);
  return html.replace(part, by);
}
