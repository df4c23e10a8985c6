// npm run test:wpt: runs the eventsource/ folder of a web-platform-tests checkout against a build, in real browsers.

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BROWSERS, freePort, installedBrowsers } from '../browsers.mjs';
import { expectedFailures } from './expectations.mjs';
import { BUILDS, injection, whyNoBuild } from './injection.mjs';
import { proxy } from './proxy.mjs';
import { report } from './report.mjs';
import { HOST, serve } from './server.mjs';
import { startSession } from './session.mjs';
import { listTests, whyNotATree } from './tree.mjs';

const OPTIONS = {
  help: { type: 'boolean' },
  wpt: { type: 'string' },
  browser: { type: 'string', multiple: true },
  build: { type: 'string', default: 'script' },
  only: { type: 'string', default: '' },
  dist: { type: 'string', default: fileURLToPath(new URL('../../dist/', import.meta.url)) },
  expected: { type: 'string', default: fileURLToPath(new URL('expected.json', import.meta.url)) },
};

const USAGE = `npm run test:wpt -- --wpt DIR [options]
  --wpt DIR        a web-platform-tests checkout (eventsource/, resources/, common/ and tools/ are used)
  --browser NAME   ${Object.keys(BROWSERS).join(', ')}; may be repeated; all that are installed when left out
  --build NAME     ${Object.keys(BUILDS).join(', ')}; script (dist/polyfill.js) when left out
  --only TEXT      only tests with this text in their address
  --dist DIR       the folder of the builds
  --expected FILE  the known failures`;

const EXIT = { asExpected: 0, unexpected: 1, cannotRun: 2 };

// A signal would end this process without its exit handlers, which end the browsers and servers.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.cannotRun));

process.exitCode = await main(process.argv.slice(2)).catch((error) => cannotRun(error.message));

async function main(argv) {
  const options = parseArgs({ args: argv, options: OPTIONS }).values;
  if (options.help) return console.log(USAGE);
  const browsers = options.browser ?? installedBrowsers();
  const unknown = browsers.find((name) => !Object.hasOwn(BROWSERS, name));
  const why = whyNotATree(options.wpt) ?? whyNoBuild(options.build, options.dist)
    ?? (unknown && `no browser is called ${unknown}: there are ${Object.keys(BROWSERS).join(', ')}`)
    ?? (browsers.length ? undefined : 'no browser is installed');
  if (why) return cannotRun(why);

  const { tests, notRun } = await listTests(options.wpt);
  const chosen = tests.filter(({ url }) => url.includes(options.only));
  if (!chosen.length) return cannotRun(`no test has ${options.only} in its address`);
  const build = await injection(options.build, resolve(options.dist));
  // The second http port is another origin; a test may ask for it.
  const ports = [await freePort(), await freePort()];
  const server = await serve(options.wpt, ports);
  const proxies = [];
  let unexpected = 0;
  try {
    for (const port of ports) proxies.push(await proxy(port, build));
    for (const browser of browsers) unexpected += await runIn(browser, options, ports[0], proxies[0].changed, chosen, notRun);
  } finally {
    for (const { stop } of proxies) await stop();
    await server.stop();
  }
  return unexpected ? EXIT.unexpected : EXIT.asExpected;
}

/** Runs the tests in one browser, one after another in one window, and tells how many results were not expected. */
async function runIn(browser, { build, expected }, port, changed, tests, notRun) {
  const entries = await expectedFailures(expected, build, browser);
  const session = await startSession(browser);
  const title = `${browser} ${session.version}, ${build}`;
  console.log(title);
  const results = report(title, entries, console.log);
  try {
    for (const { url, long } of tests) {
      changed.clear();
      const outcome = await session.run(`http://${HOST}:${port}${url}`, long);
      results.page(url, build === 'native' || changedBy(url).every((path) => changed.has(path)) ? outcome : notInPlace(outcome));
    }
  } finally {
    await session.quit();
  }
  results.notRun(notRun);
  results.end();
  return results.counts.unexpected;
}

/** What a test runs in, as far as its address tells: the page, and the worker's script. */
function changedBy(url) {
  const page = url.split('?')[0];
  const worker = page.replace(/\.(shared|service)?worker\.html$/, '.worker.js');
  return [page, worker];
}

/** Guards against a page that silently tests the browser's own class. */
function notInPlace(outcome) {
  return outcome.harness.status === 'NO RESULT' ? outcome : { harness: { status: 'ERROR', message: 'the build was not put into this page' }, subtests: [] };
}

function cannotRun(why) {
  console.error(`test:wpt: ${why}`);
  return EXIT.cannotRun;
}
