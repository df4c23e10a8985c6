// A page's content from its Markdown.

import { Marked, Renderer } from 'marked';
import { slug } from './pages.mjs';

/**
 * @param {{markdown: string, from: string}[]} pieces
 * @param {(href: string, from: string) => string} link
 * @returns {{title: string, description: string, html: string}} the title is the first heading's text, the description the
 *   first paragraph's
 */
export function render(pieces, link) {
  let title;
  let description;
  const html = pieces.map(({ markdown, from }) => {
    const marked = new Marked({
      renderer: {
        heading({ tokens, depth, text }) {
          title ??= plain(this.parser, tokens);
          return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
        },
        paragraph({ tokens }) {
          description ??= plain(this.parser, tokens);
          return false;
        },
        link({ href, tokens }) {
          return `<a href="${escape(link(href, from))}">${this.parser.parseInline(tokens)}</a>`;
        },
        image({ href, text }) {
          const url = escape(link(href, from));
          return `<a class="picture" href="${url}"><img src="${url}" alt="${escape(text)}"></a>`;
        },
        // What is wider than a phone scrolls in itself, by keyboard too.
        table(token) {
          const label = escape(token.header.map(({ text }) => text).filter(Boolean).join(', ').replaceAll('`', ''));
          return `<div class="scroll" role="region" aria-label="Table: ${label}" tabindex="0">\n${Renderer.prototype.table.call(this, token)}</div>\n`;
        },
        tablecell(token) {
          return token.header && !token.text ? '<td></td>\n' : false;
        },
        code({ text }) {
          return `<pre tabindex="0"><code>${escape(text)}</code></pre>\n`;
        },
      },
    });
    return marked.parse(markdown);
  }).join('');
  return { title, description, html };
}

function plain(parser, tokens) {
  return parser.parseInline(tokens, parser.textRenderer).replace(/\s+/g, ' ');
}

/** @param {string} text */
export function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt()};`);
}
