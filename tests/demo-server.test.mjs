// The demo's server: its streams, its other origin and its files.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sendStream } from '../www/server/stream.mjs';
import { startDemo } from '../www/server.mjs';
import { until } from './until.mjs';

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

  test('/chat streams an answer to the conversation that a POST brings, and ends it by [DONE]', async () => {
    const messages = [{ role: 'user', content: 'One?' }, { role: 'assistant', content: 'Yes.' }, { role: 'user', content: 'Two\n"é"?' }];
    const response = await fetch(`${demo.url}chat`, { method: 'POST', body: JSON.stringify({ messages }) });
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const pieces = (await response.text()).split('\n\n').slice(0, -1).map((event) => event.replace(/^data: /, ''));
    assert.equal(pieces.pop(), '[DONE]');
    const answer = pieces.map((piece) => JSON.parse(piece).choices[0].delta.content).join('');
    assert.match(answer, /^You asked: “Two\n"é"\?”, and that was question 2 of this conversation\.\n\n/);
  });

  test('/chat: what is no conversation is 400, and a GET 405', async () => {
    for (const body of ['', 'null', '{', '{"messages":1}', '{"messages":[]}', '{"messages":[null]}']) {
      assert.equal((await fetch(`${demo.url}chat`, { method: 'POST', body })).status, 400, body);
    }
    const response = await fetch(`${demo.url}chat`);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'POST');
  });

  test('/chat: a client that is gone before it has said all does no harm', async () => {
    const outgoing = httpRequest(`${demo.url}chat`, { method: 'POST', agent: false });
    outgoing.on('error', () => {});
    await new Promise((resolve) => outgoing.write('{', resolve));
    outgoing.destroy();
    await new Promise((resolve) => outgoing.once('close', resolve));
    assert.equal((await fetch(`${demo.url}chat`)).status, 405);
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
