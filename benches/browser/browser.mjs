// A browser to measure in, by the same few members whichever it is.

import { launch } from '../../tests/browsers.mjs';
import { until } from '../../tests/until.mjs';
import { launchChromium } from './chromium.mjs';

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} version
 * @property {number} pid of the process that all of its others descend from
 * @property {(url: string) => Promise<Page>} open a page that has `bench`, alone in the browser
 * @property {() => Promise<void>} quit
 *
 * @typedef {object} Page
 * @property {(expression: string) => Promise<any>} evaluate what the expression's promise gives, through JSON
 * @property {(method: string, params?: object) => Promise<object>} [send] Chromium's: a command of the DevTools protocol
 * @property {() => Promise<unknown>} close
 */

/** Firefox's clocks are cut to 1 ms otherwise, or to 20 µs, and blurred. */
const FINE_CLOCK = { 'privacy.reduceTimerPrecision': false };

/** @param {'chromium' | 'firefox' | 'webkit'} name @returns {Promise<Browser>} */
export function launchBrowser(name) {
  return name === 'chromium' ? launchChromium() : launchByWebDriver(name);
}

async function launchByWebDriver(name) {
  const { version, driver, pid, quit } = await launch(name, { prefs: FINE_CLOCK });
  await driver.manage().setTimeouts({ script: 600_000 });
  const evaluate = async (expression) => {
    const { value, error } = await driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      (async () => (${expression}))().then((value) => done({ value }), (error) => done({ error: String(error) }));
    `);
    if (error) throw new Error(error);
    return value;
  };
  return {
    name,
    version,
    pid,
    quit,
    async open(url) {
      await driver.get(url);
      await until(() => evaluate("typeof bench === 'object'"));
      return { evaluate, close: () => driver.get('about:blank') };
    },
  };
}
