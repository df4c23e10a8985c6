// What is tried with each server (streams.mjs says what they answer): the same code in Node and in a page of the server's origin.

import { assert, atLeast, equal, same } from '../behaviour/assert.js';
import { Log } from '../behaviour/log.js';

/** A safety net: no scenario waits for time to pass, but the one of heartbeats, for three seconds. */
const DEADLINE = 30_000;
/** The shortest wait, which is 100 ms. */
const SOON = { initial: 1, max: 1, jitter: 0 };
/** More than HEARTBEAT, and with a quarter on top less than LONG. */
const PATIENCE = 2000;

const ids = (log) => log.messages().map(({ lastEventId }) => Number(lastEventId));
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);
const count = (log, type) => log.entries.filter((entry) => entry.type === type).length;
const reasons = (log) => log.entries.filter(({ type }) => type === 'error').map(({ event }) => event.reason);

/** What a library that sends JSON was given. */
const given = (host, data) => (host.isJson ? JSON.parse(data) : data);

/** Each event once, in order, with the data that belongs to its id. */
function complete(host, log, last) {
  same(ids(log), upTo(last), 'ids');
  same(log.data().map((data) => given(host, data)), upTo(last).map((id) => `tick ${id}`), 'data');
}

/** Name -> what it does, with a host: the class, the server, and `open`, which gives the log of a new source. */
export const SCENARIOS = {
  async auth(host) {
    let token = 0;
    const log = host.open('/auth', { headers: async () => ({ Authorization: `Bearer ${(token += 1)}` }), retry: SOON });
    await log.wait('message', 3);
    log.source.close();
    complete(host, log, 3);
  },

  async 'auth-refused'(host) {
    const log = host.open('/auth');
    const { event } = await log.wait('error');
    same([event.reason, event.status, event.willRetry, log.source.readyState], ['http-status', 401, false, 2]);
    same(log.types(), ['error']);
  },

  async 'auth-renewed'(host) {
    const tokens = ['old', 'Bearer 1'];
    const log = host.open('/auth', { headers: () => ({ Authorization: tokens.shift() }), retry: { ...SOON, statuses: [401] } });
    await log.wait('message');
    log.source.close();
    same(log.types(), ['error', 'open', 'message']);
    same([log.entries[0].event.status, log.entries[0].event.willRetry, log.entries[1].event.attempt], [401, true, 2]);
    complete(host, log, 1);
  },

  async post(host) {
    const texts = [
      'one line', 'two\nlines', '\n\nempty lines around\n\n', ' a space before, and after ', ': no comment', 'id: 7', 'é 😀 ﷽ \u2028 \ufeff', 'x'.repeat(50_000),
      upTo(2000).join('\n'),
    ];
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(texts) };
    const log = host.open('/answer', init, ['text']);
    const got = [];
    for await (const message of log.source) got.push(message);
    same(got.map(({ type }) => type), texts.map(() => 'text'), 'types');
    same(got.map(({ data }) => given(host, data)), texts, 'texts');
    const { event, readyState } = log.entries[log.entries.length - 1];
    same([event.type, event.reason, event.willRetry, readyState], ['error', 'stream-ended', false, 2]);
    same([count(log, 'open'), count(log, 'text'), count(log, 'error')], [1, texts.length, 1], 'events');
  },

  async resume(host) {
    const log = host.open('/feed', { retry: SOON });
    const { event } = await log.wait('open');
    equal(event.status, 200, 'status');
    for (const [name, value] of Object.entries(host.headers)) equal(event.headers.get(name), value, name);
    await log.wait('message', 40);
    log.source.close();
    complete(host, log, 40);
    equal(count(log, 'open'), 4, 'connections');
    same(reasons(log), ['stream-ended', 'stream-ended', 'stream-ended']);
  },

  async drop(host) {
    const log = host.open('/drop', { retry: SOON });
    await log.wait('message', 40);
    log.source.close();
    complete(host, log, 40);
    // A connection that breaks may take events with it, which come with the next one then.
    atLeast(count(log, 'open'), 4, 'connections');
    assert(reasons(log).every((reason) => reason === host.broken), `reasons: ${reasons(log)}`);
  },

  async heartbeats(host) {
    const log = host.open('/heartbeats', { retry: SOON, heartbeatTimeout: PATIENCE });
    await log.wait('message', 2);
    log.source.close();
    complete(host, log, 2);
    // Heartbeats that went unseen would have renewed the connection before the second one came.
    same(log.types(), ['open', 'message', 'message']);
  },

  // The first event comes while the response stays open: nothing between holds it back.
  async silent(host) {
    const log = host.open('/silent', { retry: SOON, heartbeatTimeout: 500 });
    await log.wait('message', 3);
    log.source.close();
    complete(host, log, 3);
    atLeast(reasons(log).filter((reason) => reason === 'timeout').length, 2, 'timeouts');
  },

  // Events come late, in blocks, and none is lost.
  async late(host) {
    const key = `?${host.client}`;
    const log = host.open(`/late${key}`, { retry: SOON });
    await log.wait('message');
    await fetch(`${host.origin}/`).then((response) => response.text());
    assert(log.messages().length < 2001, 'the last event has come before its block was full');
    await fetch(`${host.origin}/release${key}`);
    await log.wait('message', 2001);
    log.source.close();
    complete(host, log, 2001);
  },
};

/**
 * Runs one.
 * @param {string} name
 * @param {object} host `EventSource`, `origin`, `isJson`, `headers`, `broken`: the reason of a connection that breaks off, `client`: who
 *   runs it, and `init`: what each source is given
 * @returns {Promise<string>} what is wrong, or nothing
 */
export async function run(name, host) {
  const sources = [];
  const open = (path, init, types) => {
    const source = new host.EventSource(host.origin + path, { ...host.init, ...init });
    sources.push(source);
    return new Log(source, types);
  };
  let timer;
  try {
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing more happened within ${DEADLINE / 1000} s`)), DEADLINE);
    });
    await Promise.race([SCENARIOS[name]({ headers: {}, broken: 'network', ...host, open }), late]);
    return '';
  } catch (error) {
    return error.message || String(error);
  } finally {
    clearTimeout(timer);
    sources.forEach((source) => source.close());
  }
}
