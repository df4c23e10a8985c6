// What the constructor refuses of its second argument.

import { assert, equal, same, throws } from '../assert.js';
import { byFetch } from './transports.js';

/** A TypeError that names what it is about. */
function refuses(name, action) {
  const { message } = throws(TypeError, action, name);
  assert(message.startsWith(`${name}: `), message);
}

for (const [name, init] of [
  ['headers', { headers: 'x' }], ['headers', { headers: { 'X-A': 'a\r\nX-B: c' } }], ['headers', { headers: { 'X-A': '\0' } }], ['headers', { headers: { 'X:A': 'a' } }],
  ['headers', { headers: [['x']] }], ['method', { method: 'a b' }], ['method', { method: 'trace' }], ['body', { body: 'x' }],
  ['body', { method: 'POST', body: new ReadableStream() }], ['body', { method: 'POST', body: 5 }], ['fetch', { fetch: {} }], ['transport', { transport: 'pigeon' }],
  ['signal', { signal: 1 }], ['lastEventId', { lastEventId: 5 }], ['lastEventId', { lastEventId: 'a\nb' }], ['lastEventId', { lastEventId: '\ud800' }],
  ['lastEventIdQueryParameterName', { lastEventIdQueryParameterName: '' }], ['heartbeatTimeout', { heartbeatTimeout: '5' }], ['heartbeatTimeout', { heartbeatTimeout: NaN }],
  ['maxEventSize', { maxEventSize: 0 }], ['retry', { retry: 'never' }], ['retry.initial', { retry: { initial: -1 } }], ['retry.factor', { retry: { factor: 0.5 } }],
  ['retry.jitter', { retry: { jitter: 2 } }], ['retry.attempts', { retry: { attempts: -1 } }], ['retry.statuses', { retry: { statuses: [1] } }], ['retry.when', { retry: { when: 1 } }],
  ['credentials', { credentials: 'all' }], ['cache', { cache: 'x' }], ['redirect', { redirect: 'x' }], ['priority', { priority: 'x' }], ['referrer', { referrer: 1 }],
  ['cache', { cache: 'only-if-cached' }], ['redirect', { redirect: 'manual' }], ['referrer', { referrer: 'http://[' }], ['referrerPolicy', { referrerPolicy: 'bogus' }],
  ['signal', { signal: { addEventListener() {} } }], ['signal', { signal: { aborted: false, addEventListener() {} } }], ['retry', { retry: [] }], ['retry', { retry() {} }],
  ['retry', { retry: null }], ['heartbeatTimeout', { heartbeatTimeout: -1 }], ['heartbeatTimeout', { heartbeatTimeout: 0.5 }], ['heartbeatTimeout', { heartbeatTimeout: 2 ** 31 }],
  ['headers', { headers: { 'X-A': Symbol('q') } }], ['headers', { headers: [[Symbol('q'), 'a']] }],
  ['lastEventId', { lastEventId: 'é'.repeat(2049) }], ['lastEventId', { lastEventIdQueryParameterName: 'id', lastEventId: 'é'.repeat(683) }], ['pauseWhenHidden', { pauseWhenHidden: 'yes' }], ['pauseWhenHidden', { pauseWhenHidden: null }],
  ['keepalive', { keepalive: 0 }], ['retry.attempts', { retry: { attempts: 1.5 } }], ['retry.max', { retry: { max: '5' } }],
  ['integrity', { integrity: 'sha256-x' }], ['keepalive', { keepalive: true }], ['redirect', { redirect: 'error', transport: 'xhr' }], ['fetch', { fetch, transport: 'xhr' }],
]) {
  const what = JSON.stringify(init, (key, value) => (typeof value === 'number' && isNaN(value) ? 'NaN' : typeof value === 'function' ? 'f' : typeof value === 'symbol' ? 's' : value));
  byFetch(`refused-${what.length > 100 ? `${what.slice(0, 100)}...` : what}`, (t) => {
    refuses(name, () => new t.EventSource(`${t.host.origin}/idle`, init));
  });
}

byFetch('unknown-members-are-ignored', (t) => {
  t.keep(new t.EventSource(`${t.host.origin}/idle`, { unknown: 1, headers: undefined, retry: undefined })).close();
});

byFetch('harmless-members-are-allowed', (t) => {
  for (const init of [
    { keepalive: false }, { integrity: '' }, { signal: null }, { referrer: '' }, { referrer: 'about:client' }, { referrerPolicy: '' }, { heartbeatTimeout: 0 },
    { heartbeatTimeout: Infinity }, { retry: true }, { lastEventId: 'é'.repeat(2048) }, { pauseWhenHidden: false }, { retry: { attempts: Infinity, max: Infinity } },
    { lastEventId: 'é'.repeat(682), lastEventIdQueryParameterName: 'id' },
  ]) t.keep(new t.EventSource(`${t.host.origin}/idle`, init)).close();
});

byFetch('init-members-are-read-once', (t) => {
  const names = [];
  const init = new Proxy({ method: 'POST', body: 'x', headers: { 'X-A': 'b' }, retry: false, referrer: 'about:client' }, {
    get(target, name) {
      names.push(name);
      return target[name];
    },
  });
  t.keep(new t.EventSource(`${t.host.origin}/idle`, init)).close();
  assert(names.includes('method') && names.includes('withCredentials'), names.join());
  same(names.filter((name, index) => names.indexOf(name) < index), []);
});

byFetch('null-is-no-options-and-what-is-no-object-is-refused', async (t) => {
  const { parse, EventStreamDecoderStream } = t.entry;
  equal((await parse('data: 1\n\n', null).next()).value.data, '1', 'parse');
  equal(new EventStreamDecoderStream(null).lastEventId, '', 'stream');
  await t.keep(new t.EventSource(`${t.host.origin}/idle`, null)).messages(null).return();
  for (const wrong of [5, 'x', true]) {
    refuses('options', () => parse('', wrong));
    refuses('options', () => new EventStreamDecoderStream(wrong));
    refuses('options', () => t.idle().messages(wrong));
  }
  refuses('types', () => t.idle().messages({ types: 'a' }));
  refuses('types', () => t.idle().messages({ types: [Symbol('q')] }));
});
