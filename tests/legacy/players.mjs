// Who plays which browser in the legacy tests, and how a page loads the script-tag build there.

import { launch } from '../browsers.mjs';
import { launchStandIn } from '../stand-ins.mjs';
import { AS_EDGE, AS_IE } from './removals.mjs';

const NO_WASM = { 'Content-Security-Policy': "script-src 'self' 'unsafe-inline'" };
const NO_EVENT_SOURCE = 'delete self.EventSource;';

/**
 * `build` is what the behaviour suite runs there, `prepare` are the first lines of its pages, `folder` is where they load the build
 * from, `core` which one that has to be.
 */
export const PLAYERS = [
  { title: 'Chromium 64 as Edge', browser: 'chromium-64', build: 'script-edge', prepare: AS_EDGE, folder: 'dist', core: 'wasm' },
  { title: 'Chromium 67 as Edge', browser: 'chromium-67', build: 'script-edge', prepare: AS_EDGE, folder: 'dist', core: 'wasm' },
  { title: 'Chromium 72 as Edge', browser: 'chromium-72', build: 'script-edge', prepare: AS_EDGE, folder: 'dist', core: 'wasm' },
  { title: 'PhantomJS as IE', browser: 'phantomjs', build: 'script-ie', prepare: AS_IE, folder: 'ie', core: 'es5' },
  { title: 'Chromium without WebAssembly', browser: 'chromium', build: 'script-no-wasm', prepare: NO_EVENT_SOURCE, folder: 'dist', core: 'es5', headers: NO_WASM },
];

/** Those that read by XMLHttpRequest: the others can abort a fetch. */
export const XHR_PLAYERS = PLAYERS.filter(({ browser }) => browser === 'chromium-64' || browser === 'phantomjs');

export const CHROMIUM = { title: 'Chromium', browser: 'chromium', prepare: NO_EVENT_SOURCE, folder: 'dist', core: 'wasm' };

export function player(name) {
  return PLAYERS.find(({ browser }) => browser === name);
}

/** The markup that makes EventSource missing, and the polyfill bring it. */
export function scriptTag({ prepare, folder }, { file = 'polyfill.js', attributes = '' } = {}) {
  return `<script>${prepare}</script><script src="/${folder}/${file}" ${attributes}></script>`;
}

const running = new Map();

/** The browser of this name, started when it is first asked for. */
export function browserOf(name) {
  if (!running.has(name)) running.set(name, name === 'chromium' ? launchChromium() : launchStandIn(name));
  return running.get(name);
}

export async function quitAll() {
  await Promise.all([...running.values()].map(async (browser) => (await browser).quit()));
}

async function launchChromium() {
  const { driver, quit } = await launch('chromium');
  return { open: (url) => driver.get(url), quit };
}
