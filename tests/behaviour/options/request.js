// What the caller has sent along with each request.

import { assert, equal, same } from '../assert.js';
import { test } from '../runner.js';
import { END, answer, sharedStream, stream } from '../scenario.js';
import { EVENT_STREAM, SOON, both, byFetch, values } from './transports.js';

both('headers', async (t, by) => {
  const lists = [{ Authorization: 'Bearer 1', 'X-A': 'b' }, [['authorization', 'Bearer 1'], ['x-a', 'b']], new Headers({ authorization: 'Bearer 1', 'x-a': 'b' })];
  for (const headers of lists) {
    const scenario = await t.scenario(stream('data: 1\n\n'));
    const log = t.open(scenario.url, { ...by, headers });
    await log.wait('message');
    log.source.close();
    same(values((await scenario.requests(1))[0], ['authorization', 'x-a', 'accept']), ['Bearer 1', 'b', 'text/event-stream']);
  }
});

both('headers-named-replace-the-standards', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  await t.open(scenario.url, { ...by, headers: { accept: 'text/event-stream, */*' } }).wait('message');
  equal((await scenario.requests(1))[0].headers.accept, 'text/event-stream, */*');
});

both('headers-may-have-any-name', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  await t.open(scenario.url, { ...by, headers: [['constructor', 'a'], ['constructor', 'b']] }).wait('message');
  same(values((await scenario.requests(1))[0], ['constructor', 'undefined']), ['a, b', undefined]);
});

byFetch('headers-may-have-any-name-for-an-own-fetch', async (t) => {
  let given;
  // Node's fetch loses this one by itself.
  const own = async (url, { headers }) => {
    given = headers;
    return new Response(null, { status: 204 });
  };
  await t.open(`${t.host.origin}/x`, { fetch: own, headers: [['__proto__', 'a'], ['__proto__', 'b']] }).wait('error');
  same(Object.entries(given), [['__proto__', 'a, b'], ['Accept', 'text/event-stream']]);
});

both('headers-of-an-async-function-at-each-attempt', async (t, by) => {
  const scenario = await t.scenario(stream('id: 7\ndata: 1\n\n', END), stream('data: 2\n\n'));
  let token = 0;
  const headers = async () => ({ Authorization: `Bearer ${(token += 1)}` });
  await t.open(scenario.url, { ...by, headers, retry: SOON }).wait('message', 2);
  same((await scenario.requests(2)).map((request) => values(request, ['authorization', 'last-event-id'])), [['Bearer 1', null], ['Bearer 2', '7']]);
});

both('headers-that-throw-are-a-cause', async (t, by) => {
  const scenario = await t.scenario(stream());
  const why = new Error('no token');
  const { event } = await t.open(scenario.url, { ...by, headers: () => Promise.reject(why), retry: false }).wait('error');
  same([event.reason, event.willRetry], ['network', false]);
  equal(event.cause, why, 'cause');
  equal((await scenario.requests()).length, 0, 'requests');
});

both('headers-and-body-of-functions-are-checked', async (t, by) => {
  const scenario = await t.scenario(stream());
  for (const [init, name] of [
    [{ headers: () => ({ 'X-A': 'a\r\nX-B: c' }) }, 'headers'], [{ headers: async () => [['a b', 'c']] }, 'headers'], [{ headers: () => 5 }, 'headers'],
    [{ method: 'POST', body: () => 5 }, 'body'], [{ method: 'POST', body: async () => new ReadableStream() }, 'body'],
  ]) {
    const { event } = await t.open(scenario.url, { ...by, ...init, retry: false }).wait('error');
    same([event.reason, event.cause instanceof TypeError, event.cause.message.split(':')[0]], ['network', true, name], String(init[name]));
  }
  equal((await scenario.requests()).length, 0, 'requests');
});

both('method-and-body', async (t, by) => {
  const bytes = new TextEncoder().encode('héllo');
  const bodies = [['héllo', 'héllo'], [bytes, 'héllo'], [bytes.buffer, 'héllo'], [new Blob(['b']), 'b'], [new URLSearchParams({ a: 'b c' }), 'a=b+c'], [async () => 'fresh', 'fresh']];
  for (const [body, sent] of bodies) {
    const scenario = await t.scenario(stream('data: 1\n\n'));
    const log = t.open(scenario.url, { ...by, method: 'post', body });
    await log.wait('message');
    log.source.close();
    const [request] = await scenario.requests(1);
    same([request.method, request.body], ['POST', sent]);
  }
});

both('body-form-and-blob-are-sent-again', async (t, by) => {
  const form = new FormData();
  form.append('a', 'é');
  form.append('b', new Blob(['x'], { type: 'text/plain' }), 'b.txt');
  for (const [body, type, parts] of [
    [form, /^multipart\/form-data; ?boundary=/, ['name="a"\r\n\r\né\r\n', 'name="b"; filename="b.txt"\r\n', '\r\n\r\nx\r\n']],
    [new Blob(['héllo'], { type: 'text/x' }), /^text\/x$/, ['héllo']],
  ]) {
    const scenario = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n'));
    const log = t.open(scenario.url, { ...by, method: 'POST', body, retry: SOON });
    await log.wait('message', 2);
    log.source.close();
    for (const { headers, body: sent } of await scenario.requests(2)) {
      assert(type.test(headers['content-type']), headers['content-type']);
      for (const part of parts) assert(sent.includes(part), sent);
    }
  }
});

both('method-with-effects-is-not-retried', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END));
  const log = t.open(scenario.url, { ...by, method: 'POST', body: 'x' });
  const { event } = await log.wait('error');
  same([event.reason, event.willRetry, log.source.readyState], ['stream-ended', false, 2]);
  await t.reconnections();
  equal((await scenario.requests()).length, 1, 'requests');
});

both('method-with-effects-is-retried-when-asked-for', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n'));
  const bodies = ['a', 'b'];
  await t.open(scenario.url, { ...by, method: 'POST', body: () => bodies.shift(), retry: SOON }).wait('message', 2);
  same((await scenario.requests(2)).map(({ body }) => body), ['a', 'b']);
});

byFetch('fetch-is-called-with-url-and-init', async (t) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const calls = [];
  const own = (url, init) => {
    calls.push([url, init.method, init.headers]);
    return fetch(url, { ...init, headers: { ...init.headers, 'X-Own': 'yes' } });
  };
  await t.open(scenario.url, { fetch: own, retry: SOON }).wait('message', 2);
  same(calls, [[scenario.url, 'GET', { Accept: 'text/event-stream' }], [scenario.url, 'GET', { Accept: 'text/event-stream', 'Last-Event-ID': '1' }]]);
  same((await scenario.requests(2)).map((request) => request.headers['x-own']), ['yes', 'yes']);
  equal(t.EventSource[Symbol.for('eventsource.supports-fetch-override')], true, 'mark');
});

byFetch('fetch-members-are-passed-on', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  let init;
  const members = { credentials: 'omit', cache: 'reload', redirect: 'error', referrer: `${t.host.origin}/from`, referrerPolicy: 'no-referrer', priority: 'low' };
  const own = (url, given) => {
    init = given;
    return fetch(url, given);
  };
  const log = t.open(scenario.url, { ...members, withCredentials: true, fetch: own });
  await log.wait('message');
  same(Object.keys(members).map((name) => init[name]), Object.values(members));
  equal(log.source.withCredentials, false, 'credentials win');
});

both('credentials-include', async (t, by) => {
  const headers = { 'Access-Control-Allow-Origin': t.host.origin, 'Access-Control-Allow-Credentials': 'true' };
  const scenario = await t.scenario(sharedStream({ ...headers, 'Set-Cookie': 'es=baked' }, 'data: 1\n\n', END), sharedStream(headers, 'data: 2\n\n'));
  const log = t.open(`${scenario.otherUrl}/`, { ...by, credentials: 'include', withCredentials: false, retry: SOON });
  await log.wait('message', 2);
  equal(log.source.withCredentials, true, 'withCredentials');
  equal((await scenario.requests(2))[1].headers.cookie, 'es=baked', 'cookies');
}, { needs: ['origin'] });

byFetch('credentials-omit', async (t) => {
  const again = stream('data: 2\n\n');
  const scenario = await t.scenario(answer(200, { ...EVENT_STREAM, 'Set-Cookie': 'es=baked' }, 'data: 1\n\n', END), again, again);
  const log = t.open(`${scenario.url}/`, { credentials: 'same-origin', retry: SOON });
  await log.wait('message', 2);
  await t.open(`${scenario.url}/`, { credentials: 'omit', withCredentials: true }).wait('message');
  same((await scenario.requests(3)).map((request) => request.headers.cookie), [undefined, 'es=baked', undefined]);
}, { needs: ['origin'] });

test('options-referrer-is-sent', { needs: ['options', 'origin'] }, async (t) => {
  for (const [init, sent] of [[{ referrer: '/from?x', referrerPolicy: 'same-origin' }, `${t.host.origin}/from?x`], [{ referrer: '' }, undefined]]) {
    const scenario = await t.scenario(stream('data: 1\n\n'));
    const log = t.open(scenario.url, init);
    await log.wait('message');
    log.source.close();
    equal((await scenario.requests(1))[0].headers.referer, sent, 'Referer');
  }
});

both('start-over-at-the-constructors-url', async (t, by) => {
  const target = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const redirect = answer(307, { Location: target.url }, END);
  const scenario = await t.scenario(redirect, redirect);
  await t.open(scenario.url, { ...by, headers: { 'X-A': 'b' }, retry: SOON }).wait('message', 2);
  equal((await scenario.requests(2)).length, 2, 'requests of the first URL');
});

for (const [name, init] of Object.entries({
  method: { method: 'PUT' }, body: { method: 'POST', body: 'x' }, headers: { headers: { 'X-A': 'b' } }, fetch: { fetch: (url, init) => fetch(url, init) },
})) {
  byFetch(`start-over-with-${name}`, async (t) => {
    const target = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
    const redirect = answer(307, { Location: target.url }, END);
    const scenario = await t.scenario(redirect, redirect);
    await t.open(scenario.url, { ...init, retry: SOON }).wait('message', 2);
    equal((await scenario.requests(2)).length, 2, 'requests of the first URL');
  });
}

both('start-over-not-without-what-is-sent-along', async (t, by) => {
  const target = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('data: 2\n\n'));
  const scenario = await t.scenario(answer(307, { Location: target.url }, END));
  await t.open(scenario.url, { ...by, retry: SOON }).wait('message', 2);
  same([(await scenario.requests()).length, (await target.requests(2)).length], [1, 2]);
});

for (const [name, header, goesAlong] of [['authorization-stays', 'Authorization', false], ['cookies-stay', 'Cookie', false], ['other-headers-do-not-stay', 'X-A', true]]) {
  both(`${name}-at-their-origin-in-a-redirect`, async (t, by) => {
    const allowed = { preflight: { status: 204, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization, cache-control, last-event-id, x-a' } } };
    const target = await t.scenario(sharedStream({}, 'id: 1\ndata: 1\n\n', END), sharedStream({}, 'data: 2\n\n'), allowed);
    const redirect = answer(307, { Location: target.otherUrl }, END);
    const scenario = await t.scenario(redirect, redirect);
    await t.open(scenario.url, { ...by, headers: { [header]: 'own=secret' }, retry: SOON }).wait('message', 2);
    const sent = (await target.requests(2)).map((request) => request.headers[header.toLowerCase()]);
    same(sent, goesAlong ? ['own=secret', 'own=secret'] : [undefined, undefined]);
    // Pages can't set cookies.
    const first = (await scenario.requests(2)).map((request) => request.headers[header.toLowerCase()]);
    if (header !== 'Cookie') same(first, ['own=secret', 'own=secret']);
  });
}

both('last-event-id-to-start-with', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(scenario.url, { ...by, lastEventId: 'é1' });
  equal(log.source.lastEventId, 'é1', 'at first');
  equal((await log.wait('message')).lastEventId, 'é1', 'of a message');
  equal((await scenario.requests(1))[0].headers['last-event-id'], 'é1', 'header');
});

both('last-event-id-that-is-too-long-is-ignored', async (t, by) => {
  const longest = 'x'.repeat(4096);
  const scenario = await t.scenario(stream(`id: ${longest}\ndata: 1\n\nid: ${longest}x\ndata: 2\n\n`, END), stream('data: 3\n\n'));
  const log = t.open(scenario.url, { ...by, retry: SOON });
  await log.wait('message', 3);
  same(log.entries.filter(({ type }) => type === 'message').map(({ lastEventId }) => lastEventId.length), [4096, 4096, 4096]);
  equal((await scenario.requests(2))[1].headers['last-event-id'], longest, 'header');
});

both('last-event-id-in-the-query-is-bounded-as-it-is-encoded', async (t, by) => {
  const longest = 'é'.repeat(682);
  const scenario = await t.scenario(stream(`id: ${longest}\ndata: 1\n\nid: ${longest}xx\ndata: 2\n\n`, END), stream('data: 3\n\n'));
  const log = t.open(scenario.url, { ...by, lastEventIdQueryParameterName: 'id', retry: SOON });
  await log.wait('message', 3);
  equal(log.source.lastEventId, longest);
  equal((await scenario.requests(2))[1].url.split('?')[1], `id=${encodeURIComponent(longest)}`);
});

both('last-event-id-with-control-characters-goes-by-the-query-alone', async (t, by) => {
  const scenario = await t.scenario(stream('id: a\u0001\u007fb\ndata: 1\n\n', END), stream('id: c\td\ndata: 2\n\n', END), stream('data: 3\n\n'));
  await t.open(scenario.url, { ...by, lastEventIdQueryParameterName: 'id', retry: SOON }).wait('message', 3);
  const requests = await scenario.requests(3);
  same(requests.map(({ url }) => url.split('?')[1]), [undefined, 'id=a%01%7Fb', 'id=c%09d']);
  same(requests.map(({ headers }) => headers['last-event-id']), [undefined, undefined, 'c\td']);
});

both('last-event-id-in-the-query', async (t, by) => {
  const scenario = await t.scenario(stream('id: a&b=c#\r\ndata: 1\n\n', END), stream('id: 2\ndata: 2\n\n', END), stream('data: 3\n\n'));
  const init = { ...by, lastEventIdQueryParameterName: 'last id', retry: SOON };
  await t.open(`${scenario.url}?x=%20&y`, init).wait('message', 3);
  const urls = (await scenario.requests(3)).map(({ url }) => url.split('?')[1]);
  same(urls, ['x=%20&y', 'x=%20&y&last%20id=a%26b%3Dc%23', 'x=%20&y&last%20id=2']);
});

both('last-event-id-in-the-query-is-gone-with-the-id', async (t, by) => {
  const scenario = await t.scenario(stream('id: 1\ndata: 1\n\n', END), stream('id\ndata: 2\n\n', END), stream('data: 3\n\n'));
  const init = { ...by, lastEventIdQueryParameterName: 'last[id]', retry: SOON };
  await t.open(`${scenario.url}?last%5Bid]=0#a#b`, init).wait('message', 3);
  same((await scenario.requests(3)).map(({ url }) => url.split('?')[1]), ['last%5Bid]=0', 'last%5Bid%5D=1', undefined]);
});

both('last-event-id-in-the-query-of-a-redirect-is-the-servers', async (t, by) => {
  const target = await t.scenario(stream('data: 1\n\n', END), stream('data: 2\n\n'));
  const scenario = await t.scenario(answer(307, { Location: `${target.url}?id=theirs` }, END));
  await t.open(scenario.url, { ...by, lastEventIdQueryParameterName: 'id', retry: SOON }).wait('message', 2);
  same((await target.requests(2)).map(({ url }) => url.split('?')[1]), ['id=theirs', 'id=theirs']);
});

both('last-event-id-in-the-query-needs-no-preflight', async (t, by) => {
  const scenario = await t.scenario(sharedStream({}, 'id: 1\ndata: 1\n\n', END), sharedStream({}, 'data: 2\n\n'));
  await t.open(scenario.otherUrl, { ...by, lastEventIdQueryParameterName: 'id', retry: SOON }).wait('message', 2);
  equal((await scenario.preflights()).length, 0, 'preflights');
  equal((await scenario.requests(2))[1].url.split('?')[1], 'id=1', 'query');
});

both('signal-closes', async (t, by) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const controller = new AbortController();
  const log = t.open(scenario.url, { ...by, signal: controller.signal });
  await log.wait('message');
  controller.abort();
  equal(log.source.readyState, 2, 'readyState');
  await scenario.closed(1);
  same(log.types(), ['open', 'message']);
});

both('signal-that-is-aborted-requests-nothing', async (t, by) => {
  const scenario = await t.scenario(stream());
  const log = t.open(scenario.url, { ...by, signal: AbortSignal.abort() });
  equal(log.source.readyState, 2, 'readyState');
  await t.fence();
  same([log.types(), (await scenario.requests()).length], [[], 0]);
});
