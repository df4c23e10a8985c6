// URLs of other schemes than http. Their fetch either fails at once, which is for good, or brings a response like any other.

import { equal, same } from './assert.js';
import { test } from './runner.js';

for (const url of ['about:blank', 'ftp://127.0.0.1/', 'mailto:someone@example.com', 'javascript:alert(1)']) {
  test(`scheme-${url.slice(0, url.indexOf(':'))}-fails`, {}, async (t) => {
    const log = t.open(url);
    same([log.source.url, log.source.readyState], [url, 0], 'at first');
    await log.wait('error');
    await t.fence();
    same(log.states(), ['error 2']);
  });
}

test('scheme-data', {}, async (t) => {
  const log = t.open('data:text/event-stream,data:%201%0A%0A');
  await log.wait('error');
  same(log.states(), ['open 1', 'message 1', 'error 0']);
  same([log.data()[0], log.messages()[0].origin], ['1', 'null']);
});

test('scheme-data-wrong-type-fails', {}, async (t) => {
  const log = t.open('data:text/plain,data:%201%0A%0A');
  await log.wait('error');
  same(log.states(), ['error 2']);
});

test('scheme-blob', {}, async (t) => {
  const url = URL.createObjectURL(new Blob(['data: 1\n\n'], { type: 'text/event-stream' }));
  const log = t.open(url);
  await log.wait('error');
  same(log.states(), ['open 1', 'message 1', 'error 0']);
  equal(log.messages()[0].origin, t.host.origin, 'origin');
});
