// Cookies: sent and taken at the source's own origin by default, elsewhere only with `withCredentials`.
// Cookies know no ports, so both of the server's origins share a jar. Each test's cookie belongs to its own path: the URLs end in a
// slash, before which a cookie's default path ends.

import { assert, equal, same } from './assert.js';
import { test } from './runner.js';
import { END, echo, sharedStream, stream } from './scenario.js';

const COOKIE = 'es=baked';
const again = ['retry: 1\ndata: 1\n\n', END];

/** Headers that let this host's origin in, with its cookies. */
const credentialed = (t) => ({ 'Access-Control-Allow-Origin': t.host.origin, 'Access-Control-Allow-Credentials': 'true' });

test('credentials-same-origin', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({ 'Set-Cookie': COOKIE }, ...again), stream(echo('cookie')));
  const log = t.open(`${scenario.url}/`);
  await log.wait('message', 2);
  assert(log.data()[1].includes(COOKIE), `cookies: ${log.data()[1]}`);
});

test('credentials-same-origin-asked-for', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({ 'Set-Cookie': COOKIE }, ...again), stream(echo('cookie')));
  const log = t.open(`${scenario.url}/`, { withCredentials: true });
  await log.wait('message', 2);
  equal(log.source.withCredentials, true);
  assert(log.data()[1].includes(COOKIE), `cookies: ${log.data()[1]}`);
});

test('credentials-cross-origin-not-taken', {}, async (t) => {
  const scenario = await t.scenario(
    sharedStream({ 'Set-Cookie': COOKIE }, ...again),
    sharedStream(credentialed(t), echo('cookie')),
  );
  await t.open(`${scenario.otherUrl}/`).wait('message', 2);
  const log = t.open(`${scenario.url}/`);
  await log.wait('error');
  const requests = await scenario.requests(3);
  same(requests.map(({ headers }) => headers.cookie), [undefined, undefined, undefined]);
});

test('credentials-cross-origin-not-sent', {}, async (t) => {
  const scenario = await t.scenario(sharedStream({ 'Set-Cookie': COOKIE }, 'data: 1\n\n'), sharedStream({}, echo('cookie')));
  const own = t.open(`${scenario.url}/`);
  await own.wait('message');
  own.source.close();
  const other = t.open(`${scenario.otherUrl}/`);
  await other.wait('message');
  equal(other.data()[0], '', 'cookies');
});

test('credentials-cross-origin-included', {}, async (t) => {
  const scenario = await t.scenario(
    sharedStream({ ...credentialed(t), 'Set-Cookie': COOKIE }, ...again),
    sharedStream(credentialed(t), echo('cookie')),
  );
  const log = t.open(`${scenario.otherUrl}/`, { withCredentials: true });
  await log.wait('message', 2);
  equal(log.source.withCredentials, true);
  assert(log.data()[1].includes(COOKIE), `cookies: ${log.data()[1]}`);
});
