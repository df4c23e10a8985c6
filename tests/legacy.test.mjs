// Browsers without EventSource: the same events in every stand-in as in today's Chromium, long streams and many sources where
// XMLHttpRequest carries them, and a page that is left as it was. How the script tag loads is legacy-loader.test.mjs's.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { PLAYERS, XHR_PLAYERS, browserOf, quitAll, scriptTag } from './legacy/players.mjs';
import { Site } from './legacy/site.mjs';

const MINUTES = 60_000;

const site = new Site();
before(() => site.start());
after(async () => {
  await quitAll();
  await site.close();
});

// ---- the same events as natively

/** Chromium itself is wrong about this one: it takes the byte after a byte order mark for no line end. */
const NOT_NATIVE = ['bom-before-blank-line'];

const fixtures = new URL('fixtures/', import.meta.url);
const types = new Set();
for (const file of readdirSync(fixtures)) {
  const name = file.replace(/\.\w+$/, '');
  if (NOT_NATIVE.includes(name)) continue;
  if (file.endsWith('.sse')) site.streams.set(name, readFileSync(new URL(file, fixtures)));
  else JSON.parse(readFileSync(new URL(file, fixtures), 'utf8')).events.forEach(({ type }) => types.add(type));
}
const LONG = 'like-a-language-model';
site.streams.set(LONG, likeALanguageModel());
const COMPARED = [...site.streams.keys()];

/** Some hundred small deltas, as JSON, with all sorts of characters, and line ends of all kinds. */
function likeALanguageModel() {
  const words = ['The', ' quick', ' brown', ' fox', ' über', ' Straße', ' 世界', ' 😀', '\\n\\n', ' naïve', ' ☃', ' "x"', ' e\u0301', ' \ufffd'];
  const lines = ['event: start\ndata: {"type":"start"}\n\n'];
  for (let index = 0; index < 600; index++) {
    const end = ['\n', '\r\n', '\r'][index % 3];
    lines.push(`id: ${index}${end}event: delta${end}data: {"index":${index},${end}data: "text":"${words[(index * 7) % words.length]}"}${end}${end}`);
    if (index % 50 === 0) lines.push(': keep-alive\n\n');
  }
  return Buffer.from(`${lines.join('')}event: stop\ndata: [DONE]\n\n`);
}

/** The fixtures that the behaviour suite expects to fail for this player. */
function exclusionsOf({ build, browser }) {
  const all = JSON.parse(readFileSync(new URL('legacy/exclusions.json', import.meta.url), 'utf8'));
  const speaksOf = (wanted, actual) => wanted === 'any' || [].concat(wanted).includes(actual);
  return all
    .filter((each) => speaksOf(each.build, build) && speaksOf(each.browser, browser))
    .flatMap(({ test: one, tests = [one] }) => tests)
    .filter((name) => name.startsWith('format-'))
    .map((name) => name.slice('format-'.length));
}

/** Reads them all, four at once, and reports each one's events. */
function readAll(chunk) {
  const paths = Object.fromEntries(COMPARED.map((name) => [name, `${name}?chunk=${chunk}`]));
  return `<script>
var paths = ${JSON.stringify(paths)};
var names = Object.keys(paths);
var types = ${JSON.stringify([...new Set([...types, 'message', 'start', 'delta', 'stop'])])};
var found = {};
var left = names.length;
function next() {
  var name = names.shift();
  if (name === undefined) return;
  var source = new EventSource('/stream/' + paths[name]);
  var events = found[name] = [];
  function add(event) {
    if (event.data !== undefined) events.push([event.type, event.data, event.lastEventId, event.origin === location.protocol + '//' + location.host]);
  }
  for (var index = 0; index < types.length; index++) if (types[index] !== 'error') source.addEventListener(types[index], add);
  source.addEventListener('error', function (event) {
    add(event);
    if (event.data !== undefined) return;
    source.close();
    left -= 1;
    if (left) next();
    else report(found);
  });
}
for (var count = 0; count < 4; count++) next();
</script>`;
}

for (const [how, chunk] of [['in large pieces', 65_536], ['byte by byte', 1]]) {
  const natively = once(async () => (await site.visit(await browserOf('chromium'), { html: readAll(chunk), within: 3 * MINUTES })).value);
  for (const player of PLAYERS) {
    test(`events as natively, ${how}: ${player.title}`, { timeout: 6 * MINUTES }, async () => {
      const expected = await natively();
      const page = { html: scriptTag(player) + readAll(chunk), headers: player.headers, within: 3 * MINUTES };
      const { value } = await site.visit(await browserOf(player.browser), page);
      const passedOver = exclusionsOf(player);
      for (const name of Object.keys(expected)) {
        if (!passedOver.includes(name)) assert.deepEqual(value[name], expected[name], name);
      }
      assert.ok(expected[LONG].length > 600);
    });
  }
}

// ---- long and many

const MEGABYTE = 1024 * 1024;
const BYTES = 24 * MEGABYTE;
/** Of what one response carries at once; by then XMLHttpRequest has to be renewed, which it is when the next piece comes. */
const BURST = 20 * MEGABYTE;

for (const player of [...XHR_PLAYERS, ...PLAYERS.filter((each) => !XHR_PLAYERS.includes(each))]) {
  test(`a stream of over 20 MB, nothing lost and nothing twice: ${player.title}`, { timeout: 4 * MINUTES }, async () => {
    const renewed = XHR_PLAYERS.includes(player);
    const { value, paths } = await site.visit(await browserOf(player.browser), {
      headers: player.headers,
      within: 3 * MINUTES,
      html: `${scriptTag(player)}<script>
var source = new EventSource('/pour?bytes=${BYTES}${renewed ? `&burst=${BURST}` : ''}');
var count = 0;
var wrong = null;
var states = [];
source.onopen = function () { states.push('open ' + source.readyState); };
source.onerror = function () { states.push('error ' + source.readyState); };
source.onmessage = function (event) {
  count += 1;
  if (wrong === null && event.lastEventId !== String(count)) wrong = [count, event.lastEventId];
  if (event.data.slice(-4) !== ' end') return;
  source.close();
  report({ count: count, wrong: wrong, states: states });
};
</script>`,
    });
    const requests = paths.filter((path) => path === '/pour').length;
    assert.deepEqual({ count: value.count, wrong: value.wrong }, { count: Math.ceil(BYTES / 1000), wrong: null });
    assert.equal(requests, renewed ? 2 : 1, 'requests');
    assert.deepEqual(value.states, ['open 1', ...(renewed ? ['error 0', 'open 1'] : [])]);
  });
}

// It crosses the bound with its last piece.
const [START, EVENT] = ['retry: 700\nid: 1\n\n', `data: ${'x'.repeat(1000)}\n\n`];
site.streams.set('ending', Buffer.from(START + EVENT.repeat(Math.ceil((16 * MEGABYTE - START.length) / EVENT.length))));

for (const player of XHR_PLAYERS) {
  test(`a body of over 16 MB that ends is not renewed, but reconnected after the wait: ${player.title}`, { timeout: MINUTES }, async () => {
    const first = site.requests.length;
    await site.visit(await browserOf(player.browser), {
      html: `${scriptTag(player)}<script>
var source = new EventSource('/stream/ending');
var opened = 0;
source.onopen = function () {
  opened += 1;
  if (opened < 2) return;
  source.close();
  report('done');
};
</script>`,
    });
    const [before, after] = site.requests.slice(first).filter(({ path }) => path === '/stream/ending');
    assert.equal(after.headers['last-event-id'], '1');
    // A timer may be a little early by another clock.
    const waited = after.begun - before.ended;
    assert.ok(waited >= 695, `reconnected after ${waited} ms`);
  });
}

site.streams.set('large', Buffer.from(`data: ${'0123456789☃'.repeat(500_000)}\n\ndata: after\n\n`));

for (const player of PLAYERS) {
  test(`an event of over 5 MB: ${player.title}`, { timeout: 3 * MINUTES }, async () => {
    const { value } = await site.visit(await browserOf(player.browser), {
      headers: player.headers,
      within: 2 * MINUTES,
      html: `${scriptTag(player)}<script>
var source = new EventSource('/stream/large');
var seen = [];
source.onmessage = function (event) {
  var text = event.data;
  seen.push(text.length, text.slice(0, 11), text.slice(-11));
  if (text !== 'after') {
    if (text !== new Array(500001).join('0123456789\\u2603')) seen.push('differs');
    return;
  }
  source.close();
  report(seen);
};
</script>`,
    });
    assert.deepEqual(value, [5_500_000, '0123456789☃', '0123456789☃', 5, 'after', 'after']);
  });

  test(`200 sources, opened and closed: ${player.title}`, { timeout: 3 * MINUTES }, async () => {
    const { paths } = await site.visit(await browserOf(player.browser), {
      headers: player.headers,
      within: 2 * MINUTES,
      html: `${scriptTag(player)}<script>
var left = 200;
var opened = 0;
function next() {
  if (opened === 200) return;
  opened += 1;
  var source = new EventSource('/open');
  source.onmessage = function () {
    source.close();
    left -= 1;
    if (left) next();
    else report('done');
  };
}
for (var count = 0; count < 5; count++) next();
</script>`,
    });
    assert.equal(paths.filter((path) => path === '/open').length, 200);
    for (let waited = 0; site.openStreams > 0 && waited < 100; waited++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(site.openStreams, 0, 'streams that the server still has open');
  });
}

// ---- the page's own

for (const player of PLAYERS) {
  test(`the page gets EventSource and nothing else: ${player.title}`, async () => {
    const { value } = await site.visit(await browserOf(player.browser), {
      headers: player.headers,
      html: `<script>${player.prepare}</script><script>
var before, source;
var owners = [window, Object, Object.prototype, Array, Array.prototype, String, String.prototype, Function.prototype, Number, Math, document];
function names() {
  return owners.map(function (owner) { return Object.getOwnPropertyNames(owner); });
}
before = names();
</script><script src="/${player.folder}/polyfill.js"></script><script>
source = new EventSource('/open');
source.onmessage = function () {
  source.close();
  report(names().map(function (now, index) {
    return now.filter(function (name) { return before[index].indexOf(name) < 0; });
  }));
};
</script>`,
    });
    const [ofWindow, ...ofOthers] = value;
    // PhantomJS names it before, too, though it is deleted.
    assert.deepEqual(ofWindow.filter((name) => name !== 'EventSource'), []);
    assert.deepEqual(ofOthers.flat(), []);
  });
}

function once(make) {
  let made;
  return () => (made ??= make());
}
