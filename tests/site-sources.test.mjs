// What the site is made from: Markdown, README's sections, the types' doc comments.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiReference } from '../scripts/site/api.mjs';
import { render } from '../scripts/site/markdown.mjs';
import { createLinks, pages, piecesOf, slug } from '../scripts/site/pages.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const REPOSITORY = 'https://github.com/eventsource-wasm/eventsource-wasm';

test('compatibility and compliance are README\'s own sections', () => {
  const pieces = piecesOf('docs/compatibility.md');
  for (const heading of ['Compatibility', 'Compliance', 'Limits']) {
    const { markdown, from } = pieces.find((piece) => piece.heading === heading);
    assert.equal(from, 'README.md');
    assert.ok(markdown.trim());
    assert.doesNotMatch(markdown, /^## /m);
  }
});

test('a section that README does not have is an error', (t) => {
  const source = sourceOf(t, '# A page\n\n<!-- README.md: Nowhere -->\n');
  assert.throws(() => piecesOf(source), /README\.md has no heading "Nowhere"/);
});

test('a comment that names nothing known stays the page\'s own', (t) => {
  const source = sourceOf(t, '# A page\n\n<!-- a remark -->\n');
  assert.deepEqual(piecesOf(source), [{ markdown: '# A page\n\n<!-- a remark -->\n', from: source }]);
});

test('links lead to the page that shows it, else into the repository, and nowhere else', () => {
  const link = createLinks(pages());
  assert.equal(link('api.md', 'docs/guide.md'), 'api.html');
  assert.equal(link('guide.md#events', 'docs/api.md'), 'guide.html#events');
  assert.equal(link('#events', 'docs/guide.md'), '#events');
  assert.equal(link('../README.md#compliance', 'docs/guide.md'), 'compatibility.html');
  assert.equal(link('docs/guide.md', 'README.md'), 'guide.html');
  assert.equal(link('src/lib.rs', 'README.md'), `${REPOSITORY}/blob/main/src/lib.rs`);
  assert.equal(link('../tests/', 'docs/guide.md'), `${REPOSITORY}/tree/main/tests`);
  assert.equal(link('https://a.test/', 'README.md'), 'https://a.test/');
  assert.throws(() => link('nowhere.md', 'docs/guide.md'), /docs\/guide\.md: there is no docs\/nowhere\.md/);
});

test('headings are named as in the repository\'s own view', () => {
  assert.equal(slug('Servers and what stands before them'), 'servers-and-what-stands-before-them');
  assert.equal(slug('The Standard\'s `EventSource`, in 2 words'), 'the-standards-eventsource-in-2-words');
});

test('title and description are the first heading and paragraph; text is escaped, wide things scroll', () => {
  const markdown = '# A `page`\n\nWith <b>\n& *words*.\n\n| a | |\n|---|---|\n| `<i>` | x |\n\n```\n<pre> & "post"\n```\n';
  const { title, description, html } = render([{ markdown, from: 'README.md' }], (href) => href);
  assert.equal(title, 'A page');
  assert.match(description, /& words\.$/);
  assert.match(html, /<h1 id="a-page">A <code>page<\/code><\/h1>/);
  assert.match(html, /<div class="scroll" role="region" aria-label="Table: a" tabindex="0">\n<table>/);
  assert.match(html, /<td><code>&lt;i&gt;<\/code><\/td>/);
  assert.match(html, /<pre tabindex="0"><code>&#60;pre&#62; &#38; &#34;post&#34;<\/code><\/pre>/);
});

test('the API\'s reference: what has a doc comment, with its members; tags as a list', () => {
  const reference = apiReference([
    '// no comment of the API',
    'type Hidden = { a: string };',
    '/** What it is. */',
    'export declare class Source extends EventTarget {',
    '  /**',
    '   * Connects.',
    '   * @param url an address',
    '   * @throws {SyntaxError} for none',
    '   */',
    '  constructor(url: string, init?: {',
    '    withCredentials?: boolean;',
    '  });',
    '  readonly url: string;',
    '  /** Ends it, see {@link https://a.test the clause}. */',
    '  close(): void;',
    '}',
    'interface HiddenToo {',
    '  a: string;',
    '}',
    '',
  ].join('\n'));
  assert.equal(reference.trim(), [
    '### `class Source extends EventTarget`',
    '',
    'What it is.',
    '',
    '```ts',
    'constructor(url: string, init?: {',
    '  withCredentials?: boolean;',
    '});',
    '```',
    '',
    'Connects.',
    '',
    '- `url`: an address',
    '- throws `SyntaxError`: for none',
    '',
    '```ts',
    'readonly url: string;',
    'close(): void;',
    '```',
    '',
    'Ends it, see [the clause](https://a.test).',
  ].join('\n'));
});

test('the API\'s reference: a union with its members, a default within a line', () => {
  const reference = apiReference('/** Why. */\nexport type Reason =\n  | \'a\'\n  | \'b\';\n/** How. */\nexport interface Way {\n  /** Milliseconds. @default 3 */\n  wait?: number;\n}\n');
  assert.equal(reference.trim(), [
    '### `type Reason`', '', 'Why.', '', '```ts', 'type Reason =', '| \'a\'', '| \'b\';', '```', '',
    '### `interface Way`', '', 'How.', '', '```ts', 'wait?: number;', '```', '', 'Milliseconds. Default: `3`.',
  ].join('\n'));
});

for (const file of ['js/eventsource.d.ts', 'js/options.d.ts']) {
  test(`the API's reference of ${file} names no type that is not exported`, () => {
    const source = readFileSync(file, 'utf8');
    const own = [...source.matchAll(/^(?:type|interface) (\w+)/gm), ...source.matchAll(/(?<=^import .*) as (\w+)/gm)].map(([, name]) => name);
    const shown = Array.from(apiReference(source).matchAll(/```ts\n([^]*?)```|^### `(.+)`$/gm), ([, code, heading]) => code ?? heading).join('\n');
    assert.ok(own.length && shown);
    // This one has the name of what it stands for.
    assert.deepEqual(own.filter((name) => name !== 'HeadersInit' && new RegExp(`\\b${name}\\b`).test(shown)), []);
  });
}

test('the API\'s reference: a union of objects to its end', () => {
  const reference = apiReference('/** What it takes. */\nexport type Input =\n  | { a: string; b: string }\n  | string;\n');
  assert.match(reference, /\| string;/);
});

/** A Markdown file that ends with the test. */
function sourceOf(t, markdown) {
  const { path: folder, remove } = temporaryFolder('site-source');
  t.after(remove);
  const source = join(folder, 'page.md');
  writeFileSync(source, markdown);
  return source;
}
