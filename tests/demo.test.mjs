// The demo: what its server answers, byte by byte, and the page in a real browser (on the built dist/).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sendStream } from '../www/server/stream.mjs';
import { startDemo } from '../www/server.mjs';
import { installedBrowsers, launch } from './browsers.mjs';

describe('the demo server', () => {
  let demo;
  before(async () => {
    demo = await startDemo({ port: 0, otherPort: 0 });
  });
  after(() => demo.close());

  test('/stream answers as the classic example does', async () => {
    const response = await open(`${demo.url}stream`);
    assert.equal(response.statusCode, 200);
    const { date, 'transfer-encoding': chunked, ...headers } = response.headers;
    assert.deepEqual(headers, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      connection: 'keep-alive',
      'access-control-allow-origin': '*',
    });
    const text = await textUntil(response, (text) => text.split('\n\n').length > 3);
    const day = '\\w{3} \\w{3} \\d\\d \\d{4} [^\\n]+';
    assert.match(text, new RegExp(`^retry: 10000\nevent: connecttime\ndata: ${day}\n\n(data: ${day}\n\n){2,}$`));
    const dates = [...text.matchAll(/^data: (.+)$/gm)].map(([, date]) => Date.parse(date));
    assert.ok(dates[2] - dates[1] >= 1000, 'the second message comes a second later');
    response.destroy();
  });

  test('the timers of a stream end with its client', async () => {
    await until(() => demo.liveStreams === 0);
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const idle = timers();
    const responses = await Promise.all(['stream', 'slow', 'fast?rate=50', 'fast', 'comments', 'named'].map((path) => open(demo.url + path)));
    assert.equal(demo.liveStreams, 6);
    await until(() => timers() > idle);
    for (const response of responses) response.destroy();
    await until(() => demo.liveStreams === 0);
    await until(() => timers() <= idle);
  });

  test('/resume goes on after the id that the client sends', async () => {
    const [first, second] = await Promise.all([
      fetch(`${demo.url}resume`).then((response) => response.text()),
      fetch(`${demo.url}resume`, { headers: { 'Last-Event-ID': '3' } }).then((response) => response.text()),
    ]);
    assert.match(first, /^retry: 1000\ndata: started without an id\n\n/);
    assert.deepEqual(ids(first), ['1', '2', '3']);
    assert.match(second, /^retry: 1000\ndata: resumed after id 3\n\n/);
    assert.deepEqual(ids(second), ['4', '5', '6']);
  });

  test('/drop breaks the connection within an event', async () => {
    const response = await open(`${demo.url}drop`);
    let text = '';
    await assert.rejects(async () => {
      for await (const chunk of response) text += chunk;
    }, { code: 'ECONNRESET' });
    assert.equal(text.match(/\n\n/g).length, 3);
    assert.match(text, /data: unfinished[^\n]*\n$/);
  });

  test('/finish ends with 204 for the client that has seen all', async () => {
    assert.deepEqual(ids(await (await fetch(`${demo.url}finish`)).text()), ['3', '2', '1']);
    const again = await fetch(`${demo.url}finish`, { headers: { 'Last-Event-ID': '1' } });
    assert.equal(again.status, 204);
  });

  test('the answers that are no stream', async () => {
    const answers = await Promise.all(['204', '500', 'wrong-type', 'redirect/302', 'redirect/307', 'redirect/other']
      .map((path) => fetch(demo.url + path, { redirect: 'manual' })));
    assert.deepEqual(answers.map(({ status }) => status), [204, 500, 200, 302, 307, 302]);
    assert.match(answers[2].headers.get('content-type'), /^text\/plain/);
    assert.deepEqual(answers.slice(3).map(({ headers }) => headers.get('location')), ['/stream', '/stream', `${demo.otherUrl}cors/open`]);
    await assert.rejects(fetch(`${demo.url}no-answer`));
  });

  test('the other origin: who may read', async () => {
    const origin = { Origin: 'http://page.test' };
    const [any, refused, known] = await Promise.all(['open', 'refused', 'credentials'].map((path) => open(`${demo.otherUrl}cors/${path}`, origin)));
    assert.equal(any.headers['access-control-allow-origin'], '*');
    assert.equal(refused.headers['access-control-allow-origin'], undefined);
    assert.equal(known.headers['access-control-allow-origin'], 'http://page.test');
    assert.equal(known.headers['access-control-allow-credentials'], 'true');
    assert.match(await textUntil(known, (text) => text.includes('\n\n')), /data: no cookie came\n/);
    const [cookie] = known.headers['set-cookie'][0].split(';');
    const back = await open(`${demo.otherUrl}cors/credentials`, { ...origin, Cookie: cookie });
    assert.match(await textUntil(back, (text) => text.includes('\n\n')), /data: the cookie came: demo_visits=1\n/);
    for (const response of [any, refused, known, back]) response.destroy();
  });

  test('the other origin: Last-Event-ID needs leave', async () => {
    const ask = (path) => fetch(`${demo.otherUrl}cors/${path}`, { method: 'OPTIONS' });
    const [given, notGiven] = await Promise.all([ask('resume'), ask('resume-refused')]);
    assert.ok(given.ok);
    assert.equal(given.headers.get('access-control-allow-headers'), 'Last-Event-ID');
    assert.equal(notGiven.ok, false);
  });

  test('/fast keeps the rate it is asked for, and loses no number', async () => {
    const response = await open(`${demo.url}fast?rate=500`);
    const text = await textUntil(response, (text) => text.split('\n\n').length > 300);
    response.destroy();
    const events = [...text.matchAll(/^data: (.+)\n\n/gm)].map(([, data]) => JSON.parse(data));
    events.forEach(({ n }, index) => assert.equal(n, index + 1));
    const took = events[299].sent - events[0].sent;
    assert.ok(took > 400, `300 events at 500 a second took ${took} ms`);
    assert.ok(Math.abs(events[299].sent - Date.now()) < 60_000);
  });

  test('a stream waits for a client that does not read', async () => {
    const response = Object.assign(new EventEmitter(), { writeHead() {}, flushHeaders() {}, end() {}, write: () => false });
    let asked = 0;
    async function* body() {
      for (;;) yield `data: ${++asked}\n\n`;
    }
    sendStream(response, {}, body, new Set());
    await new Promise(setImmediate);
    assert.equal(asked, 1);
    response.emit('drain');
    await new Promise(setImmediate);
    assert.equal(asked, 2);
    response.destroyed = true;
    response.emit('close');
    await new Promise(setImmediate);
    assert.equal(asked, 2);
  });

  test('every entry of the table is answered', async () => {
    const { otherPort, endpoints } = await (await fetch(`${demo.url}endpoints.json`)).json();
    assert.equal(`http://127.0.0.1:${otherPort}/`, demo.otherUrl);
    assert.equal(new Set(endpoints.map(({ path }) => path)).size, endpoints.length);
    for (const { path, other, title, shows, group } of endpoints) {
      assert.ok(title && shows && group, path);
      if (path === '/no-answer') continue;
      const response = await open(new URL(path, other ? demo.otherUrl : demo.url));
      assert.notEqual(response.statusCode, 404, path);
      response.destroy();
    }
  });

  test('files: the page, and nothing beside it', async () => {
    const page = await open(demo.url);
    assert.match(page.headers['content-type'], /^text\/html/);
    assert.match(await textUntil(page, (text) => text.includes('</html>')), /<title>eventsource-wasm/);
    const secrets = ['/../package.json', '/dist/../package.json', '/..%2fpackage.json', '/dist/..%2f..%2fmain/package.json',
      '/%2e%2e/package.json', '/dist/%2e%2e%2fpackage.json', '//etc/passwd', '/server.mjs', '/server/files.mjs', '/%', '/index.html%00', '/demo'];
    for (const path of secrets) assert.equal((await open(demo.url, {}, { path })).statusCode, 404, path);
    assert.equal((await open(demo.otherUrl)).statusCode, 404);
    assert.equal((await open(demo.url, {}, { method: 'POST' })).statusCode, 405);
    const missing = await (await fetch(`${demo.url}dist/nothing.js`)).text();
    assert.match(missing, /npm run build/);
  });

  for (const variable of ['PORT', 'OTHER_PORT']) {
    test(`a taken ${variable} is said in one line`, async () => {
      const taken = new URL(demo.url).port;
      const { code, output } = await run({ PORT: '0', OTHER_PORT: '0', [variable]: taken });
      assert.equal(code, 1);
      assert.match(output, new RegExp(`^Port ${taken} is taken[^\\n]* ${variable}=[^\\n]*\n$`));
    });
  }

  test('a port that is none is said in one line', async () => {
    const { code, output } = await run({ PORT: 'http', OTHER_PORT: '0' });
    assert.equal(code, 1);
    assert.match(output, /^PORT must be[^\n]*\n$/);
  });
});

describe('the demo page', { skip: !installedBrowsers().includes('chromium') && 'Chromium is not installed' }, () => {
  let demo;
  let browser;
  let driver;
  before(async () => {
    demo = await startDemo({ port: 0, otherPort: 0 });
    browser = await launch('chromium');
    driver = browser.driver;
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
      await shown(id, ({ state, open, message, named, log }) => state === '1 OPEN' && open === '1' && message >= 2 && named === '1' && /connecttime/.test(log));
      const { url, credentials } = await panel(id);
      assert.equal(url, `${demo.url}stream`);
      assert.equal(credentials, 'false');
    }
    assert.equal(demo.liveStreams, 2);
    await click('#close');
    for (const id of ['native', 'ours']) await shown(id, ({ state, log }) => state === '2 CLOSED' && /close\(\)/.test(log));
    await until(() => demo.liveStreams === 0);
  });

  test('named events are counted apart', async () => {
    await choose('Named events');
    for (const id of ['native', 'ours']) {
      await shown(id, ({ message, named, log }) => message === '1' && named >= 3 && /add[^]*change[^]*remove|remove[^]*change[^]*add/.test(log));
    }
  });

  test('a connection that ends is resumed', async () => {
    await choose('Ids and resuming');
    for (const id of ['native', 'ours']) {
      await shown(id, ({ open, log }) => open >= 2 && /resumed after id 3/.test(log) && /event number 4/.test(log));
    }
  });

  for (const title of ['204 No Content', '500 Internal Server Error', 'Wrong MIME type', 'CORS refused']) {
    test(`${title}: failed for good`, async () => {
      await choose(title);
      for (const id of ['native', 'ours']) {
        await shown(id, ({ state, open, log }) => state === '2 CLOSED' && open === '0' && /failed for good/.test(log));
      }
      await until(() => demo.liveStreams === 0);
    });
  }

  test('credentials: the cookie comes back', async () => {
    await choose('CORS with credentials');
    for (const id of ['native', 'ours']) {
      await shown(id, ({ credentials, log }) => credentials === 'true' && /the cookie came: demo_visits=/.test(log));
    }
  });

  test('a fast stream keeps the log short, and the plots show it', async () => {
    await choose('1,000 events a second');
    for (const id of ['native', 'ours']) {
      const { rows, plots } = await shown(id, ({ message, log, plots }) => Number(message.replaceAll(',', '')) > 1500 && /\d ms/.test(plots));
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
      await shown(id, ({ state, log }) => state === 'no source' && /threw SyntaxError/.test(log));
    }
  });

  test('a browser without EventSource gets it from the script tag', async () => {
    await driver.get(demo.url);
    await shown('ours', ({ state }) => state === '1 OPEN');
    await click('#pretend');
    await shown('native', ({ state, notice, check }) => state === 'no source' && /has no EventSource/.test(notice) && check === 'false');
    await shown('ours', ({ state, check, named, message, url }) => state === '1 OPEN' && check === 'false, then polyfill.js, then true'
      && named === '1' && message >= 2 && url === `${demo.url}stream`);
    await click('#close');
    await shown('ours', ({ state }) => state === '2 CLOSED');
    await until(() => demo.liveStreams === 0);
    await click('#pretend');
    for (const id of ['native', 'ours']) await shown(id, ({ state, notice }) => state === '1 OPEN' && notice === '');
    assert.equal(await driver.executeScript('return document.querySelectorAll("iframe").length'), 0);
  });

  test('a phone\'s width holds it all', async () => {
    await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width: 360, height: 800, deviceScaleFactor: 1, mobile: false });
    try {
      for (const title of ['The classic example', 'Data of many lines', '1,000 events a second', 'CORS refused']) {
        await choose(title);
        await shown('native', ({ log }) => log !== '');
        const width = await driver.executeScript('return document.documentElement.scrollWidth');
        assert.ok(width <= 360, `${title}: ${width} px`);
      }
      await click('#close');
    } finally {
      await driver.sendDevToolsCommand('Emulation.clearDeviceMetricsOverride', {});
    }
  });

  test('everything can be reached by keyboard, and has a name', async () => {
    const nameless = await driver.executeScript(() => [...document.querySelectorAll('a, button, input, select, [tabindex]')]
      .filter((element) => !(element.labels?.length || element.ariaLabel || element.textContent.trim()) || element.tabIndex < 0)
      .map((element) => element.outerHTML));
    assert.deepEqual(nameless, []);
  });

  test('without dist/ it says what to do', async () => {
    const root = await mkdtemp(join(tmpdir(), 'eventsource-wasm-nothing-built-'));
    const bare = await startDemo({ port: 0, otherPort: 0, root });
    try {
      await driver.get(bare.url);
      await shown('ours', ({ notice }) => notice === 'dist/ is missing: run npm run build');
      await shown('native', ({ state }) => state === '1 OPEN');
      await click('#pretend');
      await shown('ours', ({ notice, check }) => notice === 'dist/ is missing: run npm run build' && check === 'false, then polyfill.js, then false');
    } finally {
      await bare.close();
      await rm(root, { recursive: true });
    }
  });

  test('as fast as it is read: the page still obeys', async () => {
    await driver.get(demo.url);
    await shown('ours', ({ state }) => state === '1 OPEN');
    await choose('As fast as it is read');
    for (const id of ['native', 'ours']) await shown(id, ({ message }) => Number(message.replaceAll(',', '')) > 50_000);
    await click('#close');
    for (const id of ['native', 'ours']) await shown(id, ({ state }) => state === '2 CLOSED');
    await until(() => demo.liveStreams === 0);
  });

  function click(selector) {
    return driver.executeScript((selector) => document.querySelector(selector).click(), selector);
  }

  /** Chooses a stream by its title, and opens it. */
  function choose(title) {
    return driver.executeScript((title) => {
      const select = document.querySelector('#endpoint');
      select.value = [...select.options].find(({ text }) => text === title).value;
      select.dispatchEvent(new Event('change'));
      document.querySelector('#controls [type=submit]').click();
    }, title);
  }

  /** What a panel shows. */
  function panel(id) {
    return driver.executeScript((id) => {
      const panel = document.getElementById(id);
      const read = (selector) => panel.querySelector(selector).textContent;
      return {
        ...Object.fromEntries([...panel.querySelectorAll('[data-count]')].map((element) => [element.dataset.count, element.textContent])),
        state: read('[data-part=state]'),
        url: read('[data-part=url]'),
        credentials: read('[data-part=credentials]'),
        notice: read('[data-part=notice]'),
        check: read('[data-part=check]'),
        log: panel.querySelector('[data-part=log]').textContent,
        plots: panel.querySelector('[data-part=plots]').innerText,
        rows: panel.querySelectorAll('[data-part=log] li').length,
      };
    }, id);
  }

  /** Waits until a panel shows what is expected. */
  async function shown(id, expected) {
    let last;
    try {
      await until(async () => {
        last = await panel(id).catch(() => undefined); // not drawn yet
        return last && expected(last);
      });
    } catch (error) {
      throw new Error(`${id}: waited for ${expected}\nit shows ${JSON.stringify(last, null, 2)}`, { cause: error });
    }
    return last;
  }
});

/** The response, with its body not read yet. */
async function open(url, headers = {}, options = {}) {
  const outgoing = httpRequest(url, { headers, agent: false, ...options }).end();
  const [response] = await once(outgoing, 'response');
  return response;
}

/** Reads a body until it holds what is wanted; the response stays open. */
function textUntil(response, enough) {
  return new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (enough(text)) {
        response.pause().removeAllListeners('data');
        resolve(text);
      }
    });
    response.once('error', reject).once('end', () => reject(new Error(`ended with ${JSON.stringify(text)}`)));
  });
}

/** The numbers of a stream's `id` lines. */
function ids(text) {
  return [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id);
}

/** Runs the server as a program that is expected to end by itself. */
async function run(env) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../www/server.mjs', import.meta.url))], { env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'close');
  return { code, output };
}

async function until(condition, limit = 60_000) {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limit} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
