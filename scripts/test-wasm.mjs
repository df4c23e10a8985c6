// Runs the crate's browser tests (tests/web.rs) with wasm-pack in each browser, beside the test server.

import { delimiter, dirname } from 'node:path';
import { BROWSERS, installedBrowsers } from '../tests/browsers.mjs';
import { startServer } from '../tests/server.mjs';
import { run } from './run.mjs';
import { cargoTool } from './tools.mjs';

/** What wasm-pack calls the browsers. */
const OPTIONS = { chromium: ['--chrome', '--chromedriver'], firefox: ['--firefox', '--geckodriver'], webkit: ['--safari', '--safaridriver'] };

const names = process.argv.length > 2 ? process.argv.slice(2) : installedBrowsers();
const server = await startServer();
const env = {
  TEST_SERVER_ORIGIN: server.origin,
  TEST_SERVER_CONTROL_ORIGIN: server.controlOrigin,
  // wasm-pack takes the wasm-bindgen from here instead of installing one.
  PATH: [dirname(cargoTool('wasm-bindgen-cli')), process.env.PATH].join(delimiter),
  WASM_BINDGEN_TEST_TIMEOUT: '30',
  // An isolated page gets no answer from other origins unless they say so, and pages are not isolated as a rule.
  WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION: '1',
};
try {
  for (const name of names) {
    const { driver, env: browserEnv, display } = BROWSERS[name];
    console.log(`wasm-pack test: ${name}`);
    // The core without options: its source is what the tests' recorder stands for.
    const command = [cargoTool('wasm-pack'), 'test', '--headless', OPTIONS[name][0], OPTIONS[name][1], driver(), '--test', 'web', '--no-default-features', '--features', 'web'];
    if (display) command.unshift('xvfb-run', '--auto-servernum');
    await run(command[0], command.slice(1), { env: { ...env, ...browserEnv } });
  }
} finally {
  await server.close();
}
