// The demo's page, in Chromium, with the builds of dist/.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Key } from 'selenium-webdriver';
import { startDemo } from '../www/server.mjs';
import { installedBrowsers, launch } from './browsers.mjs';
import { demoPage } from './demo-page.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { until } from './until.mjs';

describe('the demo page', { skip: !installedBrowsers().includes('chromium') && 'Chromium is not installed' }, () => {
  let demo;
  let browser;
  let driver;
  let page;
  before(async () => {
    demo = await startDemo({ port: 0, otherPort: 0 });
    browser = await launch('chromium');
    driver = browser.driver;
    page = demoPage(driver);
    // A page that does not answer any more fails its test; without limits it would hold up the run for minutes.
    await driver.manage().setTimeouts({ script: 30_000, pageLoad: 30_000 });
  });
  after(async () => {
    await browser?.quit();
    await demo?.close();
  });

  test('opens both on the classic example, and closes them', async () => {
    await driver.get(demo.url);
    for (const id of ['native', 'ours']) {
      await page.shown(id, ({ state, open, message, named, log }) => state === '1 OPEN' && open === '1' && message >= 2 && named === '1' && /connecttime/.test(log));
      const { url, credentials } = await page.panel(id);
      assert.equal(url, `${demo.url}stream`);
      assert.equal(credentials, 'false');
    }
    assert.equal(demo.liveStreams, 2);
    await page.click('#close');
    for (const id of ['native', 'ours']) await page.shown(id, ({ state, log }) => state === '2 CLOSED' && /close\(\)/.test(log));
    await until(() => demo.liveStreams === 0);
  });

  test('named events are counted apart', async () => {
    await page.choose('Named events');
    for (const id of ['native', 'ours']) {
      await page.shown(id, ({ message, named, log }) => message === '1' && named >= 3 && /add[^]*change[^]*remove|remove[^]*change[^]*add/.test(log));
    }
  });

  test('a connection that ends is resumed', async () => {
    await page.choose('Ids and resuming');
    for (const id of ['native', 'ours']) {
      await page.shown(id, ({ open, log }) => open >= 2 && /resumed after id 3/.test(log) && /event number 4/.test(log));
    }
  });

  for (const title of ['204 No Content', '500 Internal Server Error', 'Wrong MIME type', 'CORS refused']) {
    test(`${title}: failed for good`, async () => {
      await page.choose(title);
      for (const id of ['native', 'ours']) {
        await page.shown(id, ({ state, open, log }) => state === '2 CLOSED' && open === '0' && /failed for good/.test(log));
      }
      await until(() => demo.liveStreams === 0);
    });
  }

  test('credentials: the cookie comes back', async () => {
    await page.choose('CORS with credentials');
    for (const id of ['native', 'ours']) {
      await page.shown(id, ({ credentials, log }) => credentials === 'true' && /the cookie came: demo_visits=/.test(log));
    }
  });

  test('a fast stream keeps the log short, and the plots show it', async () => {
    await page.choose('1,000 events a second');
    for (const id of ['native', 'ours']) {
      const { rows, plots } = await page.shown(id, ({ message, log, plots }) => Number(message.replaceAll(',', '')) > 1500 && /\d ms/.test(plots));
      assert.ok(rows <= 100, `${rows} rows`);
      assert.match(plots, /Events per second\s+[\d,]+/);
    }
  });

  test('a URL of your own; one that is none throws', async () => {
    await driver.executeScript((value) => {
      const url = document.querySelector('#url');
      url.value = value;
      url.dispatchEvent(new Event('input'));
      document.querySelector('#controls [type=submit]').click();
    }, 'http://[');
    assert.equal(await driver.executeScript('return document.querySelector("#endpoint").selectedOptions[0].text'), 'A URL of your own');
    for (const id of ['native', 'ours']) {
      await page.shown(id, ({ state, log }) => state === 'no source' && /threw SyntaxError/.test(log));
    }
  });

  test('a browser without EventSource gets it from the script tag', async () => {
    await driver.get(demo.url);
    await page.shown('ours', ({ state }) => state === '1 OPEN');
    await page.click('#pretend');
    await page.shown('native', ({ state, notice, check }) => state === 'no source' && /has no EventSource/.test(notice) && check === 'false');
    await page.shown('ours', ({ state, check, named, message, url }) => state === '1 OPEN' && check === 'false, then polyfill.js, then true'
      && named === '1' && message >= 2 && url === `${demo.url}stream`);
    await page.click('#close');
    await page.shown('ours', ({ state }) => state === '2 CLOSED');
    await until(() => demo.liveStreams === 0);
    await page.click('#pretend');
    for (const id of ['native', 'ours']) await page.shown(id, ({ state, notice }) => state === '1 OPEN' && notice === '');
    assert.equal(await driver.executeScript('return document.querySelectorAll("iframe").length'), 0);
  });

  test('a phone\'s width holds it all', async () => {
    await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 360, height: 800, deviceScaleFactor: 1, mobile: false });
    try {
      await page.click('#chat-tab');
      const chatWidth = await driver.executeScript('return document.documentElement.scrollWidth');
      assert.ok(chatWidth <= 360, `the chat: ${chatWidth} px`);
      await page.click('#side-by-side-tab');
      for (const title of ['The classic example', 'Data of many lines', '1,000 events a second', 'CORS refused']) {
        await page.choose(title);
        await page.shown('native', ({ log }) => log !== '');
        const width = await driver.executeScript('return document.documentElement.scrollWidth');
        assert.ok(width <= 360, `${title}: ${width} px`);
      }
      await page.click('#close');
    } finally {
      await driver.sendDevToolsCommand('Emulation.clearDeviceMetricsOverride', {});
    }
  });

  test('the chat: a POST brings the answer in pieces, until [DONE]', async () => {
    await driver.get(demo.url);
    await page.ask('What is a “POST”?');
    const [question, answer] = await page.chat((lines) => /^Ended/.test(lines[1]?.meta));
    assert.deepEqual(question, { who: 'You', words: 'What is a “POST”?', meta: '' });
    assert.match(answer.words, /^You asked: “What is a “POST”\?”, and that was question 1 [^]*\n\n[^]* the middle of a word\.$/);
    assert.match(answer.meta, /^Ended by \[DONE\] · \d\d events$/);
    const log = await driver.executeScript(() => document.querySelector('#chat [data-part=log]').textContent);
    assert.match(log, /^message\[DONE\][^]*"delta":\{"content":/);
    assert.doesNotMatch(log, /^error/);
  });

  test('the chat: the conversation goes along; Stop ends an answer, and so does the next question', async () => {
    await page.ask('And then?');
    await page.chat((lines) => lines[3]?.words.includes('question 2 of'));
    await page.ask('And now?');
    const lines = await page.chat((lines) => lines[5]?.words.includes('question 3 of'));
    assert.match(lines[3].meta, /^Stopped by close\(\)/);
    await page.click('#chat [data-part=stop]');
    await page.chat((lines) => /^Stopped by close\(\)/.test(lines[5].meta));
    await page.click('#close');
    await until(() => demo.liveStreams === 0);
  });

  test('the chat: an answer that cannot be had says why', async () => {
    await driver.executeScript(() => document.querySelector('head').append(Object.assign(document.createElement('base'), { href: '/nowhere/' })));
    await page.ask('Is anybody there?');
    await page.chat((lines) => /^Failed: .*405/.test(lines[7]?.meta));
  });

  test('arrows lead from tab to tab, and the Tab key into the one that is shown', async () => {
    await driver.get(demo.url);
    const focused = () => driver.executeScript(() => document.activeElement.id);
    await driver.executeScript(() => document.querySelector('#side-by-side-tab').focus());
    for (const [key, tab] of [[Key.ARROW_RIGHT, 'chat'], [Key.ARROW_RIGHT, 'side-by-side'], [Key.END, 'chat'], [Key.HOME, 'side-by-side'], [Key.ARROW_LEFT, 'chat']]) {
      await driver.actions().sendKeys(key).perform();
      assert.equal(await focused(), `${tab}-tab`);
      const shown = await driver.executeScript(() => [...document.querySelectorAll('[role=tabpanel]')].filter((panel) => panel.checkVisibility()).map(({ id }) => id));
      assert.deepEqual(shown, [tab]);
    }
    await until(() => driver.executeScript(() => !document.querySelector('#chat [name=send]').disabled));
    await driver.actions().sendKeys(Key.TAB, Key.TAB).perform();
    assert.equal(await focused(), 'question');
    await driver.actions().sendKeys(Key.ENTER).perform();
    await page.chat((lines) => lines[1]?.words.startsWith('You asked'));
    await driver.actions().sendKeys(Key.TAB, Key.ENTER).perform();
    await page.chat((lines) => /^Stopped/.test(lines[1].meta));
  });

  test('everything can be reached by keyboard, and has a name', async () => {
    const nameless = await driver.executeScript(() => [...document.querySelectorAll('a, button, input, select, [tabindex]')]
      // Arrows lead to the other tabs.
      .filter((element) => !(element.labels?.length || element.ariaLabel || element.textContent.trim()) || (element.tabIndex < 0 && element.role !== 'tab'))
      .map((element) => element.outerHTML));
    assert.deepEqual(nameless, []);
  });

  test('without dist/ it says what to do', async () => {
    const { path: root, remove } = temporaryFolder('nothing-built');
    const bare = await startDemo({ port: 0, otherPort: 0, root });
    try {
      await driver.get(bare.url);
      await page.shown('ours', ({ notice }) => notice === 'dist/ is missing: run npm run build');
      await page.shown('native', ({ state }) => state === '1 OPEN');
      await until(() => driver.executeScript(() => document.querySelector('#chat [data-part=notice]').textContent === 'dist/ is missing: run npm run build'));
      await page.click('#pretend');
      await page.shown('ours', ({ notice, check }) => notice === 'dist/ is missing: run npm run build' && check === 'false, then polyfill.js, then false');
    } finally {
      await bare.close();
      await remove();
    }
  });

  test('as fast as it is read: the page still obeys', async () => {
    await driver.get(demo.url);
    await page.shown('ours', ({ state }) => state === '1 OPEN');
    await page.choose('As fast as it is read');
    for (const id of ['native', 'ours']) await page.shown(id, ({ message }) => Number(message.replaceAll(',', '')) > 50_000);
    await page.click('#close');
    for (const id of ['native', 'ours']) await page.shown(id, ({ state }) => state === '2 CLOSED');
    await until(() => demo.liveStreams === 0);
  });
});
