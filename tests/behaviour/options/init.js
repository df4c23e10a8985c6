// What the constructor refuses of its second argument.

import { assert, throws } from '../assert.js';
import { byFetch } from './transports.js';

for (const [name, init] of [
  ['headers', { headers: 'x' }], ['headers', { headers: { 'X-A': 'a\r\nX-B: c' } }], ['headers', { headers: { 'X-A': '\0' } }], ['headers', { headers: { 'X:A': 'a' } }],
  ['headers', { headers: [['x']] }], ['method', { method: 'a b' }], ['method', { method: 'trace' }], ['body', { body: 'x' }],
  ['body', { method: 'POST', body: new ReadableStream() }], ['body', { method: 'POST', body: 5 }], ['fetch', { fetch: {} }], ['transport', { transport: 'pigeon' }],
  ['signal', { signal: 1 }], ['lastEventId', { lastEventId: 5 }], ['lastEventId', { lastEventId: 'a\nb' }], ['lastEventId', { lastEventId: '\ud800' }],
  ['lastEventIdQueryParameterName', { lastEventIdQueryParameterName: '' }], ['heartbeatTimeout', { heartbeatTimeout: '5' }], ['heartbeatTimeout', { heartbeatTimeout: NaN }],
  ['maxEventSize', { maxEventSize: 0 }], ['retry', { retry: 'never' }], ['retry.initial', { retry: { initial: -1 } }], ['retry.factor', { retry: { factor: 0.5 } }],
  ['retry.jitter', { retry: { jitter: 2 } }], ['retry.attempts', { retry: { attempts: -1 } }], ['retry.statuses', { retry: { statuses: [1] } }], ['retry.when', { retry: { when: 1 } }],
  ['credentials', { credentials: 'all' }], ['cache', { cache: 'x' }], ['redirect', { redirect: 'x' }], ['priority', { priority: 'x' }], ['referrer', { referrer: 1 }],
  ['integrity', { integrity: 'sha256-x' }], ['keepalive', { keepalive: true }], ['redirect', { redirect: 'error', transport: 'xhr' }], ['fetch', { fetch, transport: 'xhr' }],
]) {
  const what = JSON.stringify(init, (key, value) => (typeof value === 'number' && isNaN(value) ? 'NaN' : typeof value === 'function' ? 'f' : value));
  byFetch(`refused-${what}`, (t) => {
    const { message } = throws(TypeError, () => new t.EventSource(`${t.host.origin}/idle`, init));
    assert(message.startsWith(`${name}: `), message);
  });
}

byFetch('unknown-members-are-ignored', (t) => {
  t.keep(new t.EventSource(`${t.host.origin}/idle`, { unknown: 1, headers: undefined, retry: undefined })).close();
});
