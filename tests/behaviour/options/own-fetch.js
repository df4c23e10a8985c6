// A caller's `fetch`, which may answer with anything, and when it likes.

import { assert, equal, same } from '../assert.js';
import { SERVER_ERROR, stream } from '../scenario.js';
import { SOON, byFetch } from './transports.js';

const NEVER = new Promise(() => {});
const encode = (text) => new TextEncoder().encode(text);
/** What is no Response of the platform's. */
const alike = (body, headers = new Headers({ 'Content-Type': 'text/event-stream' })) => ({ status: 200, url: '', headers, body });

byFetch('fetch-that-gives-no-response-is-a-network-error-of-its-source-alone', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const healthy = t.open(scenario.url);
  await healthy.wait('message');
  for (const answer of [null, undefined, 'text', {}, alike(null, { 'content-type': 'text/event-stream' })]) {
    const log = t.open(`${t.host.origin}/x`, { fetch: () => Promise.resolve(answer), retry: false });
    const { event } = await log.wait('error');
    same([event.reason, event.willRetry, event.cause instanceof TypeError, log.source.readyState], ['network', false, true, 2], String(answer));
  }
  await t.fence();
  same(healthy.states(), ['open 1', 'message 1']);
});

byFetch('fetch-that-gives-a-body-to-iterate-over', async (t) => {
  let isLeft = false;
  const body = {
    async* [Symbol.asyncIterator]() {
      yield encode('id: 1\ndata: 1\n\nda');
      yield encode('ta: 2\n\n');
      await NEVER;
    },
    destroy() {
      isLeft = true;
    },
  };
  const log = t.open(`${t.host.origin}/x`, { fetch: () => Promise.resolve(alike(body)) });
  await log.wait('message', 2);
  same(log.data(), ['1', '2']);
  log.source.close();
  equal(isLeft, true, 'the body is left');
});

byFetch('fetch-whose-body-gives-no-bytes-is-a-network-error', async (t) => {
  const reads = [
    () => Promise.resolve({ value: 'data: 1\n\n', done: false }),
    () => Promise.reject(),
    () => {
      throw new RangeError('mine');
    },
  ];
  for (const read of reads) {
    const body = { getReader: () => ({ read, cancel() {} }) };
    const { event } = await t.open(`${t.host.origin}/x`, { fetch: () => Promise.resolve(alike(body)), retry: false }).wait('error');
    same([event.reason, event.cause instanceof Error], ['network', true], String(read));
  }
  const used = new Response('data: 1\n\n', { headers: { 'Content-Type': 'text/event-stream' } });
  used.body.getReader();
  const { event } = await t.open(`${t.host.origin}/x`, { fetch: () => Promise.resolve(used), retry: false }).wait('error');
  same([event.reason, event.cause instanceof TypeError], ['network', true], 'a body that is being read');
});

byFetch('fetch-that-answers-after-close-is-cancelled', async (t) => {
  let answer;
  const log = t.open(`${t.host.origin}/x`, { fetch: () => new Promise((resolve) => {
    answer = resolve;
  }) });
  while (!answer) await null;
  log.source.close();
  await new Promise((resolve) => answer(alike({ getReader() {}, cancel: resolve })));
});

byFetch('error-says-nothing-of-earlier-attempts', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'), SERVER_ERROR);
  const first = t.open(scenario.url);
  await first.wait('message');
  first.source.reconnect();
  const { event } = await first.wait('error', 2);
  same([event.reason, event.status, event.cause], ['http-status', 500, undefined], 'after the body of the first was given up');

  const late = [];
  const second = t.open(`${t.host.origin}/x`, {
    heartbeatTimeout: 50,
    retry: SOON,
    fetch: () => new Promise((resolve, reject) => {
      late.push({ resolve, reject });
    }),
  });
  await second.wait('error');
  while (late.length < 2) await t.fence();
  late[0].reject(new Error('late'));
  const { event: timeout } = await second.wait('error', 2);
  same([timeout.reason, timeout.status, timeout.cause], ['timeout', undefined, undefined], 'after the first was late');
  assert(late.length >= 2, late.length);
});
