// How the constructor's URL is parsed, and what `url` says.

import { equal, throwsSyntaxError } from './assert.js';
import { test } from './runner.js';
import { stream } from './scenario.js';

test('url-resolved-against-base', {}, (t) => {
  // The suite's page has no base element, and its worker none but its script's address.
  const { href, pathname } = t.host.global.location;
  const { origin } = t.host;
  const folder = pathname.slice(0, pathname.lastIndexOf('/'));
  const resolved = {
    idle: `${origin}${folder}/idle`,
    './x/../idle': `${origin}${folder}/idle`,
    '/idle': `${origin}/idle`,
    '?a=b': `${origin}${pathname}?a=b`,
    '#part': `${href}#part`,
    '': href,
    '//127.0.0.1:9/idle': 'http://127.0.0.1:9/idle',
  };
  for (const url of Object.keys(resolved)) equal(t.keep(new t.EventSource(url)).url, resolved[url], `url of ${JSON.stringify(url)}`);
});

test('url-normalized', {}, (t) => {
  const source = t.keep(new t.EventSource(` \n${t.host.origin.replace('http', 'HTTP')}/a/./b/../c d\t `));
  equal(source.url, `${t.host.origin}/a/c%20d`);
});

test('url-non-ascii', {}, (t) => {
  equal(t.keep(new t.EventSource(`${t.host.origin}/☃?é`)).url, `${t.host.origin}/%E2%98%83?%C3%A9`);
});

test('url-lone-surrogate', {}, (t) => {
  equal(t.keep(new t.EventSource(`${t.host.origin}/?\ud800x`)).url, `${t.host.origin}/?%EF%BF%BDx`);
});

test('url-fragment-kept', {}, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const log = t.open(`${scenario.url}?q#part`);
  await log.wait('message');
  equal(log.source.url, `${scenario.url}?q#part`);
  equal((await scenario.requests(1))[0].url, `${scenario.path}?q`, 'requested');
});

test('url-credentials-in-it', {}, (t) => {
  const url = `${t.host.origin.replace('//', '//user:secret@')}/idle`;
  equal(t.keep(new t.EventSource(url)).url, url);
});

test('url-unparsable', {}, ({ EventSource, host }) => {
  for (const url of ['http://', 'http:///', 'https://:80/', 'http://[::1', 'http://host:99999/', 'http://a<b/', '//[', 'http://%zz/']) {
    throwsSyntaxError(host.global, () => new EventSource(url), url);
  }
});

test('url-space-in-host', {}, ({ EventSource, host }) => {
  for (const url of ['http://this is invalid/', '//this is invalid/', 'https://a b:80/?']) {
    throwsSyntaxError(host.global, () => new EventSource(url), url);
  }
});

test('url-space-elsewhere', {}, (t) => {
  equal(t.keep(new t.EventSource(`${t.host.origin}/a b?c d#e f`)).url, `${t.host.origin}/a%20b?c%20d#e%20f`);
});

test('url-read-after-close', {}, (t) => {
  const source = t.idle();
  equal(source.url, `${t.host.origin}/idle`);
});
