// Chromium, driven by a bare pipe of the DevTools protocol with no domain enabled: the network domain, which WebDriver and the
// usual libraries switch on, slows the native EventSource eightfold.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BROWSERS, CHROMIUM_FLAGS } from '../../tests/browsers.mjs';
import { endWithRun } from '../../tests/process-group.mjs';
import { temporaryFolder } from '../../tests/temporary-folder.mjs';
import { until } from '../../tests/until.mjs';

/** Pages run as if they were looked at, and nothing else is begun beside them. */
const FLAGS = [
  '--disable-background-timer-throttling', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows',
  '--disable-extensions', '--disable-default-apps', '--disable-features=SpareRendererForSitePerProcess,OptimizationHints,MediaRouter',
];

/** @returns {Promise<import('./browser.mjs').Browser>} */
export async function launchChromium() {
  const { path: profile, remove } = temporaryFolder('bench');
  const child = spawn(
    BROWSERS.chromium.browser,
    [...CHROMIUM_FLAGS, ...FLAGS, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = once(child, 'exit');
  const endGroup = endWithRun(child);
  const pipe = new Pipe(child.stdio[3], child.stdio[4]);
  ended.then(([code]) => pipe.end(new Error(`Chromium ended with code ${code}`)));
  const { product } = await pipe.send('Browser.getVersion');

  return {
    name: 'chromium',
    version: product.split('/')[1],
    pid: child.pid,
    /** A page in a profile of its own, which nothing is in the caches of. */
    async open(url) {
      const { browserContextId } = await pipe.send('Target.createBrowserContext');
      const { targetId } = await pipe.send('Target.createTarget', { url, browserContextId });
      const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
      const send = (method, params) => pipe.send(method, params, sessionId);
      const evaluate = async (expression) => {
        const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      };
      // Until the page is there, there is nothing to ask.
      await until(() => evaluate("typeof bench === 'object'").catch(() => false));
      return { send, evaluate, close: () => pipe.send('Target.disposeBrowserContext', { browserContextId }) };
    },
    async quit() {
      await pipe.send('Browser.close').catch(() => {});
      await ended;
      endGroup();
      await remove();
    },
  };
}

/** Messages in JSON, each with a NUL at its end. */
class Pipe {
  constructor(output, input) {
    this.output = output;
    this.error = null;
    this.lastId = 0;
    this.waiting = new Map();
    let text = '';
    input.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      const messages = text.split('\0');
      text = messages.pop();
      messages.forEach((message) => this.take(JSON.parse(message)));
    });
    output.on('error', () => {});
  }

  take({ id, result, error }) {
    const { resolve, reject } = this.waiting.get(id) ?? {};
    if (!resolve) return;
    this.waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    if (this.error) return Promise.reject(this.error);
    const id = ++this.lastId;
    this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  end(error) {
    this.error = error;
    this.waiting.forEach(({ reject }) => reject(error));
    this.waiting.clear();
  }
}
