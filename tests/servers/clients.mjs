// Who runs the scenarios: Node, and Chromium by fetch and by XMLHttpRequest.

import { Agent, fetch as undiciFetch } from 'undici';
import { EventSource } from '../../dist/eventsource.options.js';
import { launch } from '../browsers.mjs';
import { startServer } from '../server.mjs';
import { run } from './scenarios.js';

export const CLIENTS = ['node', 'chromium', 'chromium-xhr'];

/** How many connections a browser opens to one origin; a scenario takes one or, for a moment, two. */
const CONNECTIONS = 6;

/**
 * @param {string[]} wanted of CLIENTS
 * @param {{cert: string, chromiumFlag: string}} certificate what they accept
 * @returns {Promise<{run: (server: import('./servers.mjs').Server, scenarios: string[],
 *   report: (client: string, scenario: string, problem: string) => void) => Promise<void>, close: () => Promise<void>}>}
 */
export async function startClients(wanted, { cert, chromiumFlag }) {
  // Where the pages get the class and the scenarios from; the pages are the servers' own.
  const files = await startServer();
  const inBrowser = wanted.filter((name) => name !== 'node');
  const browser = inBrowser.length ? await launch('chromium', { args: [chromiumFlag] }) : null;
  await browser?.driver.manage().setTimeouts({ script: 120_000 });
  // Node's own fetch has neither an option for a certificate nor HTTP/2: the package that it is made of does.
  const dispatcher = new Agent({ allowH2: true, connect: { ca: cert } });
  const secureFetch = (url, init) => undiciFetch(url, { ...init, dispatcher });

  return {
    async run(server, scenarios, report) {
      const both = [runInChromium(server, scenarios, report)];
      if (wanted.includes('node')) both.push(runInNode(server, scenarios, report));
      await Promise.all(both);
    },
    async close() {
      await browser?.quit();
      await files.close();
      await dispatcher.close();
    },
  };

  async function runInNode(server, scenarios, report) {
    const init = server.origin.startsWith('https:') ? { fetch: secureFetch } : {};
    const host = { ...server, EventSource, init, client: 'node' };
    await Promise.all(scenarios.map(async (scenario) => report('node', scenario, await run(scenario, host))));
  }

  async function runInChromium(server, scenarios, report) {
    if (!inBrowser.length) return;
    const tasks = scenarios.flatMap((scenario) => inBrowser.map((client) => ({ client, scenario })));
    await browser.driver.get(`${server.origin}/`);
    const problems = await browser.driver.executeAsyncScript(runTasks, files.origin, server, tasks, CONNECTIONS - 1);
    tasks.forEach(({ client, scenario }, index) => report(client, scenario, problems[index] ?? problems.failure));
  }
}

/** In the page: runs the tasks, some at once; gives the problem of each. */
function runTasks(files, server, tasks, atOnce, done) {
  const start = async () => {
    const { EventSource } = await import(`${files}/dist/eventsource.options.js`);
    const { run } = await import(`${files}/tests/servers/scenarios.js`);
    const problems = [];
    let next = 0;
    const worker = async () => {
      while (next < tasks.length) {
        const index = next++;
        const { client, scenario } = tasks[index];
        const init = { transport: client === 'chromium-xhr' ? 'xhr' : 'fetch' };
        problems[index] = await run(scenario, { ...server, EventSource, init, client });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return problems;
  };
  start().then(done, (error) => done({ failure: String(error) }));
}
