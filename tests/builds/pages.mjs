// The pages of the builds' tests, in Chromium if nothing else is said: which build each gets and from where, what it tells, and the streams that it may open.

import assert from 'node:assert/strict';
import { launch } from '../browsers.mjs';
import { startServer } from '../server.mjs';

const withPolyfill = (src, attributes = '') => `<script nonce="x">window.Native = EventSource; delete window.EventSource</script><script src="${src}" ${attributes}></script>`;

/** By path. */
const PAGES = {
  '/native': { body: '<script src="/dist/polyfill.js"></script>' },
  '/missing': { body: withPolyfill('/dist/polyfill.js') },
  '/empty': { body: '' },
  // The folder has the script, and nothing beside it.
  '/alone-page': { body: withPolyfill('/alone/polyfill.js') },
  '/no-wasm': { body: withPolyfill('/dist/polyfill.js'), policy: "script-src 'self' 'unsafe-inline'" },
  '/nonce': { body: withPolyfill('/dist/polyfill.js', 'nonce="x"'), policy: "script-src 'nonce-x' 'wasm-unsafe-eval'" },
  '/module': { body: withPolyfill('/npm/a@1.0/(x86)/polyfill.js', 'type="module"') },
  '/clobbered': { body: `<img name="currentScript" src="data:,">${withPolyfill('/dist/polyfill.js')}` },
};

/** The first script of each. */
const WATCH = `<script nonce="x">
  window.problems = [];
  addEventListener('error', (event) => problems.push('error: ' + event.message));
  addEventListener('unhandledrejection', (event) => problems.push('unhandled: ' + event.reason));
  console.error = (...values) => { problems.push('console: ' + values.map(String).join(' ')); };
</script>`;

/** How the response of a stream begins. */
export const head = { head: { status: 200, headers: { 'Content-Type': 'text/event-stream' } } };

export class Pages {
  #server;
  #browser;

  /**
   * @param {string[]} [args] of the browser's command line
   * @param {string} [name] of the browser
   */
  async start(args = [], name = 'chromium') {
    this.#server = await startServer({ route: (url) => this.#route(url) });
    this.#browser = await launch(name, { args });
    await this.#browser.driver.manage().setTimeouts({ script: 300_000 });
  }

  async close() {
    await this.#browser?.quit();
    await this.#server?.close();
  }

  /** Shows one of PAGES. */
  async open(path) {
    await this.#browser.driver.get(this.#server.origin + path);
  }

  /** Runs an async function in the page. */
  async run(body, ...values) {
    const { result, error } = await this.#browser.driver.executeAsyncScript(
      `const values = [...arguments]; const done = values.pop();
       (${body})(...values).then((result) => done({ result }), (error) => done({ error: String(error && error.stack || error) }));`,
      ...values,
    );
    assert.equal(error, undefined);
    return result;
  }

  /** A stream of these responses, the last one again and again; `record` gives the requests for it, once the condition holds. */
  async scenario(responses) {
    const { origin, controlOrigin } = this.#server;
    const body = JSON.stringify({ responses, last: 'repeat' });
    const { id, path } = await (await fetch(`${controlOrigin}/scenarios`, { method: 'POST', body })).json();
    const record = async (condition) => (await (await fetch(`${controlOrigin}/scenarios/${id}?${condition}`)).json()).requests;
    return { url: origin + path, record };
  }

  async #route({ pathname }) {
    const [, folder, file] = /^\/(alone|npm\/a@1\.0\/\(x86\))\/([\w.]+)$/.exec(decodeURIComponent(pathname)) ?? [];
    if (folder && (folder !== 'alone' || file === 'polyfill.js')) {
      const response = await fetch(`${this.#server.origin}/dist/${file}`);
      return { headers: { 'Content-Type': response.headers.get('Content-Type') }, body: Buffer.from(await response.arrayBuffer()) };
    }
    const { body, policy } = PAGES[pathname] ?? {};
    if (body === undefined) return undefined;
    const headers = { 'Content-Type': 'text/html', ...(policy && { 'Content-Security-Policy': policy }) };
    return { headers, body: `<!doctype html><link rel="icon" href="data:,">${WATCH}${body}` };
  }
}
