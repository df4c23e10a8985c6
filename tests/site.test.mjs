// The site, in Chromium, as a plain host of files serves it from a folder.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { buildSite } from '../scripts/site/build.mjs';
import { sendFile } from '../www/server/files.mjs';
import { installedBrowsers, launch } from './browsers.mjs';
import { demoPage } from './demo-page.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PREFIX = '/some/where/';

describe('the site', { skip: !installedBrowsers().includes('chromium') && 'Chromium is not installed' }, () => {
  let folder;
  let files;
  let host;
  let browser;
  let driver;
  let demo;
  before(async () => {
    folder = temporaryFolder('site');
    files = await buildSite(folder.path);
    host = await startHost(folder.path);
    // A name that is no secure context, so that pages have no service workers there.
    browser = await launch('chromium', { args: ['--host-resolver-rules=MAP insecure.test 127.0.0.1'] });
    driver = browser.driver;
    await driver.manage().setTimeouts({ script: 60_000, pageLoad: 30_000 });
    demo = demoPage(driver);
  });
  after(async () => {
    await browser?.quit();
    await host?.close();
    await folder.remove();
  });

  test('it has the pages whose sources are there', () => {
    assert.deepEqual(files.slice(0, 5), ['index.html', 'guide.html', 'options.html', 'api.html', 'compatibility.html']);
  });

  test('each page has a title and a description of its own, and the other pages in its navigation', async () => {
    const heads = [];
    for (const file of files) {
      await driver.get(host.url + file);
      const { title, description, links, current } = await driver.executeScript(() => ({
        title: document.title,
        description: document.querySelector('meta[name=description]').content,
        links: [...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href')),
        current: document.querySelector('nav [aria-current=page]').getAttribute('href'),
      }));
      assert.deepEqual(links, files);
      assert.equal(current, file);
      heads.push(title, description);
    }
    assert.ok(heads.every(Boolean));
    assert.equal(new Set(heads).size, heads.length, heads.join('\n'));
  });

  test('every link leads somewhere', async () => {
    const missing = [];
    for (const file of files) {
      await driver.get(host.url + file);
      const urls = await driver.executeScript(() => [...document.querySelectorAll('[href], [src]')].map(({ href, src }) => href ?? src));
      for (const url of new Set(urls)) {
        const { origin, pathname, hash, protocol } = new URL(url);
        // Links to other places are for people; that a linked file is in the repository is checked when the site is built.
        if (origin !== new URL(host.url).origin) {
          if (protocol !== 'https:') missing.push(`${file}: ${url}`);
          continue;
        }
        const response = await fetch(origin + pathname);
        const text = await response.text();
        if (!response.ok || (hash && !text.includes(`id="${hash.slice(1)}"`))) missing.push(`${file}: ${url}`);
      }
    }
    assert.deepEqual(missing, []);
  });

  test('no request leaves the folder', async () => {
    for (const file of files) {
      await driver.get(host.url + file);
      if (file === 'index.html') await demo.shown('ours', ({ state, message }) => state === '1 OPEN' && message >= 2);
      const urls = await driver.executeScript(() => performance.getEntriesByType('resource').map(({ name }) => name));
      assert.ok(urls.length > 0, file);
      assert.deepEqual(urls.filter((url) => !url.startsWith(host.url)), [], file);
    }
    assert.deepEqual(host.strays, []);
  });

  for (const scheme of ['light', 'dark']) {
    test(`axe finds nothing (${scheme}): contrast, names, language, order of headings, regions that scroll`, async () => {
      await emulate('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
      for (const file of files) {
        await driver.get(host.url + file);
        if (file === 'index.html') {
          await demo.shown('ours', ({ state }) => state === '1 OPEN');
          await demo.choose('Named events');
          await demo.shown('native', ({ named }) => named >= 3);
          await demo.shown('ours', ({ named }) => named >= 3);
          await demo.click('#close');
        }
        assert.deepEqual(await violations(), [], file);
        if (file === 'index.html') {
          await demo.ask('Is it seen well?');
          await demo.chat((lines) => /^Ended/.test(lines[1]?.meta));
          assert.deepEqual(await violations(), [], 'the chat');
        }
      }
    });
  }

  test('a phone\'s width holds each page', async () => {
    await emulate('Emulation.setDeviceMetricsOverride', { width: 360, height: 800, deviceScaleFactor: 1, mobile: false });
    try {
      for (const file of files) {
        await driver.get(host.url + file);
        const width = await driver.executeScript('return document.documentElement.scrollWidth');
        assert.ok(width <= 360, `${file}: ${width} px`);
      }
    } finally {
      await emulate('Emulation.clearDeviceMetricsOverride', {});
    }
  });

  test('the Tab key reaches everything, and what has the focus shows it', async () => {
    for (const file of files) {
      await driver.get(host.url + file);
      // Arrows lead to the other tabs.
      const count = await driver.executeScript(() => [...document.querySelectorAll('a[href], button, input, select, [tabindex]')]
        .filter((element) => element.checkVisibility() && element.tabIndex >= 0).length);
      const reached = new Set();
      for (let i = 0; i < count; i++) {
        await driver.actions().sendKeys(Key.TAB).perform();
        const { index, outline } = await driver.executeScript(() => {
          const { activeElement } = document;
          const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
          return {
            index: [...document.querySelectorAll('a[href], button, input, select, [tabindex]')].indexOf(activeElement),
            outline: `${outlineStyle} ${outlineWidth}`,
          };
        });
        assert.equal(outline, 'solid 3px', `${file}: element ${index}`);
        reached.add(index);
      }
      assert.equal(reached.size, count, file);
    }
  });

  describe('the demo without a server: a service worker answers', () => {
    const both = (expected) => Promise.all(['native', 'ours'].map((id) => demo.shown(id, expected)));

    test('events flow at the first visit, and it says where they come from', async () => {
      await driver.get(`${host.url}index.html`);
      await both(({ state, open, message, named, url }) => state === '1 OPEN' && open === '1' && message >= 2 && named === '1' && url === `${host.url}stream`);
      assert.match(await server(), /^No server takes part here: a service worker/);
      await demo.click('#close');
      await both(({ state, log }) => state === '2 CLOSED' && /close\(\)/.test(log));
    });

    test('the folder\'s own address shows the demo', async () => {
      await driver.get(host.url);
      await both(({ state, url }) => state === '1 OPEN' && url === `${host.url}stream`);
    });

    test('after a reload past the service worker it answers again', async () => {
      await emulate('Page.reload', { ignoreCache: true });
      await both(({ state, message }) => state === '1 OPEN' && message >= 1);
    });

    test('a stream that ends is resumed after its last id', async () => {
      await demo.choose('Ids and resuming');
      await demo.shown('ours', ({ open, log }) => open >= 2 && /resumed after id 3/.test(log) && /event number 4/.test(log));
      // Chromium does not show a service worker the id that its own class sends; the page says so.
      await demo.shown('native', ({ open }) => open >= 2);
      assert.match(await driver.executeScript(() => document.querySelector('#shows').textContent), /Chromium does not show/);
    });

    test('a connection that breaks shows no unfinished event', async () => {
      await demo.choose('The connection breaks');
      await demo.shown('ours', ({ open, error, log }) => open >= 2 && error >= 1 && !/unfinished/.test(log));
      // Chromium's own class takes it now for a break, now for the end.
      await demo.shown('native', ({ error, log }) => error >= 1 && !/unfinished/.test(log));
    });

    test('no answer: it goes on trying', async () => {
      await demo.choose('No answer at all');
      await both(({ state, error }) => state === '0 CONNECTING' && error >= 1);
    });

    test('a redirect is followed', async () => {
      await demo.choose('302 to the classic example');
      await both(({ state, message, url }) => state === '1 OPEN' && message >= 1 && url === `${host.url}redirect/302`);
    });

    for (const title of ['204 No Content', '500 Internal Server Error', 'Wrong MIME type']) {
      test(`${title}: failed for good`, async () => {
        await demo.choose(title);
        await both(({ state, open, log }) => state === '2 CLOSED' && open === '0' && /failed for good/.test(log));
      });
    }

    test('204 ends a stream that is over', async () => {
      await demo.choose('A countdown, then 204');
      await demo.shown('ours', ({ state, message }) => state === '2 CLOSED' && message === '3');
    });

    test('bytes are cut anywhere', async () => {
      await demo.choose('Every script there is');
      await both(({ log }) => /a 🦀 cut in two/.test(log));
    });

    test('a fast stream', async () => {
      await demo.choose('1,000 events a second');
      await both(({ message }) => Number(message.replaceAll(',', '')) > 1500);
    });

    test('the chat is answered, and its next question with what was said before', async () => {
      await demo.ask('Who answers?');
      await demo.chat((lines) => lines[1]?.meta.startsWith('Ended by [DONE]') && lines[1].words.startsWith('You asked: “Who answers?”'));
      await demo.ask('And now?');
      await demo.chat((lines) => lines[3]?.words.includes('question 2 of'));
      await demo.click('#chat [data-part=stop]');
      await demo.chat((lines) => lines[3].meta.startsWith('Stopped by close()'));
    });

    test('nothing of another origin is offered', async () => {
      assert.deepEqual(await driver.executeScript(() => [...document.querySelectorAll('optgroup')].map(({ label }) => label)),
        ['Basics', 'Pace', 'Endings', 'Redirects']);
    });

    test('a browser without EventSource gets it from the script tag', async () => {
      await demo.choose('The classic example');
      await demo.click('#pretend');
      await demo.shown('ours', ({ state, check, named, message }) => state === '1 OPEN' && check === 'false, then polyfill.js, then true' && named === '1' && message >= 2);
    });
  });

  describe('the demo without a server and without service workers: fetch answers', () => {
    const none = /^Nothing answers the browser’s own EventSource/;

    test('events flow in our class, and it says why the other has none', async () => {
      await driver.get(host.url.replace('127.0.0.1', 'insecure.test'));
      await demo.shown('ours', ({ state, message, named }) => state === '1 OPEN' && message >= 2 && named === '1');
      await demo.shown('native', ({ state, notice }) => state === 'no source' && none.test(notice));
      assert.match(await server(), /no service worker can be had/);
      await demo.click('#close');
      await demo.shown('ours', ({ state }) => state === '2 CLOSED');
    });

    test('a stream that ends is resumed after its last id', async () => {
      await demo.choose('Ids and resuming');
      await demo.shown('ours', ({ open, log }) => open >= 2 && /resumed after id 3/.test(log) && /event number 4/.test(log));
    });

    test('no answer, a redirect, a wrong type', async () => {
      await demo.choose('No answer at all');
      await demo.shown('ours', ({ state, error }) => state === '0 CONNECTING' && error >= 1);
      await demo.choose('302 to the classic example');
      await demo.shown('ours', ({ state, message }) => state === '1 OPEN' && message >= 1);
      await demo.choose('Wrong MIME type');
      await demo.shown('ours', ({ state, open }) => state === '2 CLOSED' && open === '0');
    });

    test('the chat is answered, too', async () => {
      await demo.ask('Who answers?');
      await demo.chat((lines) => lines[1]?.meta.startsWith('Ended by [DONE]') && lines[1].words.startsWith('You asked: “Who answers?”'));
    });

    test('the script tag\'s class is answered, too', async () => {
      await demo.choose('The classic example');
      await demo.click('#pretend');
      await demo.shown('ours', ({ state, check, message }) => state === '1 OPEN' && check === 'false, then polyfill.js, then true' && message >= 2);
    });
  });

  for (const name of ['firefox', 'webkit']) {
    const skip = !installedBrowsers().includes(name) && `${name} is not installed`;
    test(`the demo without a server, in ${name}: streams flow, one after the other`, { skip }, async () => {
      const other = await launch(name);
      try {
        const page = demoPage(other.driver);
        await other.driver.get(host.url);
        for (const id of ['native', 'ours']) await page.shown(id, ({ state, message }) => state === '1 OPEN' && message >= 2);
        await page.choose('Ids and resuming');
        for (const id of ['native', 'ours']) await page.shown(id, ({ log }) => /resumed after id 3/.test(log));
        await page.click('#close');
        for (const id of ['native', 'ours']) await page.shown(id, ({ state }) => state === '2 CLOSED');
        await page.ask('Who answers?');
        await page.chat((lines) => lines[1]?.meta.startsWith('Ended by [DONE]'));
      } finally {
        await other.quit();
      }
    });
  }

  /** What axe finds in the page as it is. */
  async function violations() {
    await driver.executeScript(AXE);
    return driver.executeAsyncScript((done) => {
      window.axe.run().then(({ violations }) => done(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)])), (error) => done(String(error)));
    });
  }

  function server() {
    return driver.executeScript(() => document.querySelector('#server').textContent);
  }

  function emulate(command, parameters) {
    return driver.sendDevToolsCommand(command, parameters);
  }
});

/** Serves the folder at the prefix and nothing else; `strays` are the paths that were asked for beside it. */
async function startHost(folder) {
  const strays = [];
  const server = createServer((request, response) => {
    const [path] = request.url.split('?');
    if (!path.startsWith(PREFIX)) strays.push(path);
    sendFile(response, path === PREFIX ? `${PREFIX}index.html` : path, { [PREFIX]: folder });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${PREFIX}`,
    strays,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
