// The three real browsers, driven by WebDriver. This file owns the driver processes; it knows nothing of EventSource.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { Builder, Capabilities } from 'selenium-webdriver';
import { cargoTool } from '../scripts/tools.mjs';
import { endWithRun } from './process-group.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/** What keeps Chromium quiet. */
export const CHROMIUM_FLAGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

/**
 * Everything that differs between the browsers. `driver` and `browser` are programs; `debian` the packages that bring them.
 * @type {Record<string, {driver: () => string, args: (port: number) => string[], browser: string, debian: string[],
 *   capabilities: (profile: string, extraArgs: string[], prefs: object) => object, env?: object, display?: boolean}>}
 */
export const BROWSERS = {
  chromium: {
    driver: () => '/usr/bin/chromedriver',
    args: (port) => [`--port=${port}`],
    browser: '/usr/bin/chromium',
    debian: ['chromium', 'chromium-driver'],
    capabilities: (profile, extraArgs) => ({
      browserName: 'chrome',
      'goog:chromeOptions': {
        binary: '/usr/bin/chromium',
        args: [...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, ...extraArgs],
      },
    }),
  },
  firefox: {
    driver: () => cargoTool('geckodriver'),
    // Each geckodriver starts a WebDriver BiDi port of its own in the browser; port 0 keeps two of them apart.
    args: (port) => [`--port=${port}`, '--websocket-port=0'],
    browser: '/usr/bin/firefox-esr',
    debian: ['firefox-esr'],
    capabilities: (profile, extraArgs, prefs) => ({
      browserName: 'firefox',
      'moz:firefoxOptions': { binary: '/usr/bin/firefox-esr', args: ['-headless', ...extraArgs], prefs },
    }),
  },
  webkit: {
    driver: () => '/usr/bin/WebKitWebDriver',
    args: (port) => [`--port=${port}`],
    browser: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    debian: ['webkit2gtk-driver', 'libwebkit2gtk-4.1-0', 'xvfb', 'xauth'],
    display: true,
    capabilities: (profile, extraArgs) => ({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        args: ['--automation', ...extraArgs],
      },
    }),
    env: { LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  },
};

/** The names of the browsers whose programs are all there. */
export function installedBrowsers() {
  return Object.keys(BROWSERS).filter((name) => existsSync(BROWSERS[name].browser) && existsSync(BROWSERS[name].driver()));
}

/**
 * Starts a browser with an empty profile.
 * @param {'chromium' | 'firefox' | 'webkit'} name
 * @param {{args?: string[], prefs?: object}} [options] more command line arguments; Firefox preferences
 * @returns {Promise<{name: string, version: string, driver: import('selenium-webdriver').WebDriver, pid: number, quit: () => Promise<void>}>}
 */
export async function launch(name, { args = [], prefs = {} } = {}) {
  const { driver: program, args: driverArgs, capabilities, env = {}, display } = BROWSERS[name];
  const { path: profile, remove } = temporaryFolder(name);
  const port = await freePort();
  const command = display
    ? ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1280x1024x24', program(), ...driverArgs(port)]
    : [program(), ...driverArgs(port)];
  // A group of its own, so that quit() ends the driver, its Xvfb and its browser together.
  const child = spawn(command[0], command.slice(1), {
    env: { ...process.env, ...env, TMPDIR: profile, HOME: profile },
    stdio: process.env.DRIVER_LOG ? 'inherit' : 'ignore',
    detached: true,
  });
  const spawned = new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const endGroup = endWithRun(child);
  try {
    await spawned;
    await answering(`http://127.0.0.1:${port}/status`, child);
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(new Capabilities(capabilities(profile, args, prefs)))
      .build();
    const version = (await driver.getCapabilities()).get('browserVersion');
    return {
      name,
      version,
      driver,
      pid: child.pid,
      async quit() {
        await driver.quit().catch(() => {});
        await end();
      },
    };
  } catch (error) {
    await end();
    throw new Error(`${name} did not start: ${error.message}`, { cause: error });
  }

  async function end() {
    endGroup();
    await remove();
  }
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(url, child) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`its driver ended with code ${child.exitCode}`);
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('its driver did not answer within 30 s');
}
