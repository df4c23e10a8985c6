// Event streams that somebody else has got: `parse()` and `EventStreamDecoderStream`.

import { assert, equal, same, throws } from '../assert.js';
import { END, SERVER_ERROR, answer, stream, wait } from '../scenario.js';
import { EVENT_STREAM, byFetch, collect } from './transports.js';

const TEXT = '\ufeffretry: 77\nid: 1\nevent: a\ndata: é\n\ndata: 2\ndata: 3\n\nid: x\n\ndata: unfinished';
const MESSAGES = [{ type: 'a', data: 'é', lastEventId: '1' }, { type: 'message', data: '2\n3', lastEventId: '1' }];

const encode = (text) => new TextEncoder().encode(text);

/** A body of these chunks, which counts those that were asked for. */
function body(chunks) {
  let at = 0;
  const stream = new ReadableStream({
    pull(controller) {
      if (at < chunks.length) controller.enqueue(chunks[at++]);
      else controller.close();
    },
    cancel(reason) {
      counted.cancelled = reason;
    },
  }, { highWaterMark: 0 });
  const counted = { stream, read: () => at, cancelled: null };
  return counted;
}

/** One chunk a byte. */
const dribbled = (text) => Array.from(encode(text), (byte) => Uint8Array.of(byte));

/** Those that a reader of the stream gets, and what it throws: not all engines iterate over streams. */
function collectStream(readable) {
  const reader = readable.getReader();
  return collect({ [Symbol.asyncIterator]: () => ({ next: () => reader.read() }) });
}

byFetch('parse-a-response', async (t) => {
  const scenario = await t.scenario(stream(TEXT, END));
  const messages = t.entry.parse(await fetch(scenario.url));
  const { got, error } = await collect(messages);
  equal(error, undefined, 'error');
  const { origin } = t.host;
  same(got, MESSAGES.map(({ type, data, lastEventId }) => ({ type, data, origin, lastEventId })));
  same([messages.lastEventId, messages.reconnectionTime], ['x', 77]);
});

byFetch('parse-a-response-that-has-been-read', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n', END));
  const response = await fetch(scenario.url);
  equal(await response.text(), 'data: 1\n\n');
  throws(TypeError, () => t.entry.parse(response));
});

byFetch('parse-a-response-that-is-none-harms-nobody-else', async (t) => {
  let end;
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue(encode('data: 1\n\n'));
      end = () => controller.close();
    },
  });
  const messages = t.entry.parse(source);
  equal((await messages.next()).value.data, '1');
  throws(TypeError, () => t.entry.parse({ status: 200, url: '', headers: { 'content-type': 'text/event-stream' }, body: encode('data: 2\n\n') }));
  throws(TypeError, () => t.entry.parse({ status: undefined, url: '', headers: { get: () => 'text/event-stream' }, body: encode('data: 2\n\n') }));
  const odd = t.entry.parse({ status: 0, url: '/relative', headers: { get: () => null }, body: encode('data: 2\n\n') });
  equal((await collect(odd)).error.reason, 'http-status');
  end();
  same(await collect(messages), { got: [] });
});

byFetch('parse-bodies-bytes-and-text', async (t) => {
  const bytes = encode(TEXT);
  const iterated = async function* () {
    yield* dribbled(TEXT);
  };
  const inputs = {
    text: TEXT, bytes, buffer: bytes.buffer, view: new DataView(bytes.buffer),
    stream: body([bytes]).stream, dribbled: body(dribbled(TEXT)).stream, iterated: iterated(),
    response: new Response(TEXT, { headers: EVENT_STREAM }),
  };
  for (const [name, input] of Object.entries(inputs)) {
    const messages = t.entry.parse(input);
    same(await collect(messages), { got: MESSAGES }, name);
    same([messages.lastEventId, messages.reconnectionTime], ['x', 77], name);
    same(await messages.next(), { done: true }, `${name}, afterwards`);
  }
  same(await collect(t.entry.parse('')), { got: [] }, 'nothing');
  same(await collect(t.entry.parse(new Response(null, { headers: EVENT_STREAM }))), { got: [] }, 'no body');
});

byFetch('parse-refuses-what-a-source-refuses', async (t) => {
  for (const [response, expected] of [
    [SERVER_ERROR, ['http-status', 500]], [answer(201, EVENT_STREAM, 'data: 1\n\n'), ['http-status', 201]],
    [answer(200, { 'Content-Type': 'application/json' }, '{}'), ['content-type', 200]],
  ]) {
    const scenario = await t.scenario(response);
    const { got, error } = await collect(t.entry.parse(await fetch(scenario.url)));
    same([got, error.name, error.reason, error.status, error.url], [[], 'EventSourceError', ...expected, scenario.url]);
    assert(error instanceof Error && error.message.includes(expected[0] === 'http-status' ? `${expected[1]}` : 'application/json'), error.message);
    await scenario.closed(1);
  }
  // Who has looked at the response hands on its body.
  const scenario = await t.scenario(answer(200, { 'Content-Type': 'application/x-ndjson' }, 'data: 1\n\n', END));
  same((await collect(t.entry.parse((await fetch(scenario.url)).body))).got.map(({ data }) => data), ['1']);
});

byFetch('parse-throws-what-the-body-throws', async (t) => {
  const why = new Error('cable cut');
  const broken = new ReadableStream({
    pull(controller) {
      if (this.isRead) controller.error(why);
      else controller.enqueue(encode('data: 1\n\ndata: 2'));
      this.isRead = true;
    },
  }, { highWaterMark: 0 });
  const { got, error } = await collect(t.entry.parse(broken));
  same(got.map(({ data }) => data), ['1']);
  equal(error, why, 'error');
});

byFetch('parse-left-cancels-the-body', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\ndata: 2\n\n'));
  for await (const { data } of t.entry.parse(await fetch(scenario.url))) {
    equal(data, '1');
    break;
  }
  await scenario.closed(1);
});

byFetch('parse-left-before-it-has-begun', async (t) => {
  const { promise, stream: silent } = neverEnding('data: 1\n\n');
  const messages = t.entry.parse(silent);
  const first = messages.next();
  same(await messages.return(), { done: true });
  same(await first, { done: true });
  await promise;
});

byFetch('parse-holds-the-body-back', async (t) => {
  const counted = body(Array.from({ length: 10 }, () => encode('data: 1\n\ndata: 2\n\n')));
  const messages = t.entry.parse(counted.stream);
  for (let taken = 1; taken <= 20; taken += 1) {
    equal((await messages.next()).value.data, String(2 - (taken % 2)));
    equal(counted.read(), Math.ceil(taken / 2), `chunks after ${taken} messages`);
  }
});

byFetch('parse-answers-in-the-order-it-is-asked', async (t) => {
  const messages = t.entry.parse(body(dribbled(TEXT)).stream);
  const results = await Promise.all([messages.next(), messages.next(), messages.next(), messages.next()]);
  same(results, [...MESSAGES.map((value) => ({ value, done: false })), { done: true }, { done: true }]);
});

byFetch('parse-by-batches', async (t) => {
  const lists = await collect(t.entry.parse(body([encode('data: 1\n\ndata: 2\n\nda'), encode('ta: 3\n\n'), encode(':\n')]).stream).batches());
  same(lists, { got: [['1', '2'], ['3']].map((list) => list.map((data) => ({ type: 'message', data, lastEventId: '' }))) });
});

byFetch('parse-messages-that-go-over-the-ends-of-pages', async (t) => {
  // The text of a chunk comes in pages of 8 kB or a little less: types, data and ids of all lengths stand at their ends.
  // A byte order mark is one only at the start of a stream.
  const characters = ['a', 'é', '世', '😀', '\ufeff'];
  const sent = Array.from({ length: 260 }, (_, index) => {
    const text = (length) => Array.from({ length }, (__, at) => characters[(index + at) % 5]).join('');
    return { type: text((index % 5) + 1), data: text(index === 200 ? 9000 : (index * 7) % 90), lastEventId: text((index % 7) + 1) };
  });
  const chunk = encode(sent.map(({ type, data, lastEventId }) => `event:${type}\nid:${lastEventId}\ndata:${data}\n\n`).join(''));
  assert(chunk.length > 0x8000 && chunk.length < 0x10000, `a chunk of ${chunk.length} bytes`);
  same(await collect(t.entry.parse(body([chunk]).stream)), { got: sent }, 'one by one');
  const { got } = await collect(t.entry.parse(body([chunk]).stream).batches());
  same([got.length, got.flat()], [1, sent], 'by batches');
});

byFetch('parse-large-chunks', async (t) => {
  // Longer than what the core gets at once, with a message and a character across each bound.
  const data = Array.from({ length: 5000 }, (_, index) => `${index} ${'é'.repeat(20)}`);
  const { got } = await collect(t.entry.parse(data.map((each) => `data: ${each}\n\n`).join('')));
  same(got.map((message) => message.data), data);
});

byFetch('parse-options', async (t) => {
  const { parse } = t.entry;
  same((await collect(parse('data: 1\n\n', { lastEventId: '7' }))).got, [{ type: 'message', data: '1', lastEventId: '7' }]);
  // It fails at once, and not before the messages that came with its start are taken.
  const { promise, stream: silent } = neverEnding('data: 1\n\ndata: 2\n\ndata: 34567890');
  const { got, error } = await collect(parse(silent, { maxEventSize: 12 }));
  same([got.map(({ data }) => data), error.name, error.reason], [['1', '2'], 'EventSourceError', 'too-large']);
  await promise;
  for (const [name, options] of [['lastEventId', { lastEventId: 5 }], ['lastEventId', { lastEventId: 'a\nb' }], ['maxEventSize', { maxEventSize: 0 }]]) {
    const { message } = throws(TypeError, () => parse('', options));
    assert(message.startsWith(`${name}: `), message);
  }
  for (const input of [undefined, 5, {}, () => {}]) throws(TypeError, () => parse(input), `parse ${input}`);
  const used = new Response('data: 1\n\n', { headers: EVENT_STREAM });
  await used.text();
  throws(TypeError, () => parse(used), 'parse a body that is used');
});

/** A stream that says this and nothing more; `promise` resolves when it is cancelled. */
function neverEnding(text) {
  let stream;
  const promise = new Promise((cancel) => {
    stream = new ReadableStream({
      start: (controller) => controller.enqueue(encode(text)),
      cancel,
    });
  });
  return { promise, stream };
}

byFetch('decoder-stream', async (t) => {
  for (const chunks of [[encode(TEXT)], dribbled(TEXT), [encode(TEXT).buffer]]) {
    const decoder = new t.entry.EventStreamDecoderStream();
    same(await collectStream(body(chunks).stream.pipeThrough(decoder)), { got: MESSAGES });
    same([decoder.lastEventId, decoder.reconnectionTime], ['x', 77]);
  }
});

byFetch('decoder-stream-of-a-response', async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n', wait('more'), 'data: 2\n\ndata: 3', END));
  const response = await fetch(scenario.url);
  const reader = response.body.pipeThrough(new t.entry.EventStreamDecoderStream({ lastEventId: '7' })).getReader();
  same((await reader.read()).value, { type: 'message', data: '1', lastEventId: '7' });
  await scenario.signal('more');
  same([(await reader.read()).value.data, await reader.read()], ['2', { done: true }]);
});

byFetch('decoder-stream-holds-the-body-back', async (t) => {
  const counted = body(Array.from({ length: 20 }, () => encode('data: 1\n\ndata: 2\n\n')));
  const reader = counted.stream.pipeThrough(new t.entry.EventStreamDecoderStream()).getReader();
  for (let taken = 1; taken <= 20; taken += 1) {
    equal((await reader.read()).value.data, String(2 - (taken % 2)));
    // One more chunk is decoded, and one waits.
    assert(counted.read() <= Math.ceil(taken / 2) + 2, `${counted.read()} chunks after ${taken} messages`);
  }
});

byFetch('decoder-stream-cancelled-or-aborted', async (t) => {
  const { EventStreamDecoderStream } = t.entry;
  const cancelled = body([encode('data: 1\n\ndata: 2\n\n'), encode('data: 3\n\n')]);
  const reader = cancelled.stream.pipeThrough(new EventStreamDecoderStream()).getReader();
  await reader.read();
  await reader.cancel('enough');
  while (cancelled.cancelled === null) await new Promise((resolve) => setTimeout(resolve));
  equal(cancelled.cancelled, 'enough', 'reason');

  const { readable, writable } = new EventStreamDecoderStream();
  await writable.abort(new Error('no more'));
  equal((await collectStream(readable)).error.message, 'no more', 'after abort');
});

byFetch('decoder-stream-fails-after-the-messages-before', async (t) => {
  const { promise, stream: silent } = neverEnding('data: 1\n\ndata: 2\n\ndata: 34567890');
  const { got, error } = await collectStream(silent.pipeThrough(new t.entry.EventStreamDecoderStream({ maxEventSize: 12 })));
  same([got.map(({ data }) => data), error.reason], [['1', '2'], 'too-large']);
  await promise;
  const wrong = await collectStream(body([encode('data: 1\n\n'), 'text']).stream.pipeThrough(new t.entry.EventStreamDecoderStream()));
  same([wrong.got.length, wrong.error instanceof TypeError], [1, true]);
  throws(TypeError, () => new t.entry.EventStreamDecoderStream({ maxEventSize: '5' }));
});

byFetch('decoder-stream-has-its-members-on-its-prototype', (t) => {
  const { EventStreamDecoderStream } = t.entry;
  const decoder = new EventStreamDecoderStream();
  same(Object.getOwnPropertyNames(decoder), []);
  for (const name of ['readable', 'writable', 'lastEventId', 'reconnectionTime']) {
    const { get, set } = Object.getOwnPropertyDescriptor(EventStreamDecoderStream.prototype, name);
    equal(get.call(decoder), decoder[name], name);
    equal(set, undefined, `set ${name}`);
    throws(TypeError, () => get.call({}), `${name} of another object`);
  }
});
