// What is measured: how a page loads it, and how it opens a stream. The runner reads the table, and the page uses it.

/**
 * @typedef {object} Subject
 * @property {string} title
 * @property {'native' | 'ours' | 'peer' | 'limit'} kind
 * @property {'DOM' | 'objects' | 'callbacks'} [events] what the handler gets: an event that the browser can dispatch, a plain
 *   object from something with EventSource's interface, or an argument of an interface of its own
 * @property {string} [package] of a peer: its name in scripts/peers.mjs
 * @property {string} [module] loaded as a module, whose exports `open` gets
 * @property {string} [script] loaded by a script tag, after the browser's own class has been taken away
 * @property {string} [type] the member that has an event's type
 * @property {string} [id] the member that has its last event ID
 * @property {(url: string, handlers: Handlers, exports: object) => {close(): void}} open
 *
 * @typedef {object} Handlers
 * @property {string} type of the events that `take` gets
 * @property {(event: object) => void} take
 * @property {() => void} [opened]
 */

/** By `onmessage`, or by one listener for a named type: as a page does. */
function listen(source, { type, take, opened }) {
  if (type === 'message') source.onmessage = take;
  else source.addEventListener(type, take);
  if (opened) source.onopen = opened;
  return source;
}

/** By a loop over its messages. */
function iterate(source, { take, opened }, loop) {
  if (opened) source.onopen = opened;
  loop(source, take);
  return source;
}

/** The text of each chunk, decoded at once: nothing that reads a stream in a page by fetch can be faster. */
function fetchAndDecode(url, { take, opened }) {
  const controller = new AbortController();
  const read = async () => {
    const { body } = await fetch(url, { signal: controller.signal });
    if (opened) opened();
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(decoder.decode(value, { stream: true }));
    }
  };
  read().catch(() => {});
  return { close: () => controller.abort() };
}

/** @type {Record<string, Subject>} */
export const SUBJECTS = {
  limit: { title: 'limit: fetch + one decode per chunk', kind: 'limit', open: fetchAndDecode },
  native: {
    title: 'native EventSource',
    kind: 'native',
    events: 'DOM',
    open: (url, handlers) => listen(new EventSource(url), handlers),
  },
  esm: {
    title: 'eventsource.js',
    kind: 'ours',
    events: 'DOM',
    module: '/dist/eventsource.js',
    open: (url, handlers, { EventSource }) => listen(new EventSource(url), handlers),
  },
  script: {
    title: 'polyfill.js',
    kind: 'ours',
    events: 'DOM',
    script: '/dist/polyfill.js',
    open: (url, handlers) => listen(new EventSource(url), handlers),
  },
  es5: {
    title: 'polyfill.es5.js',
    kind: 'ours',
    events: 'DOM',
    script: '/dist/polyfill.es5.js',
    open: (url, handlers) => listen(new EventSource(url), handlers),
  },
  iteration: {
    title: 'for await (message of source)',
    kind: 'ours',
    events: 'callbacks',
    module: '/dist/eventsource.options.js',
    open: (url, handlers, { EventSource }) => iterate(new EventSource(url), handlers, async (source, take) => {
      for await (const message of source) take(message);
    }),
  },
  batches: {
    title: 'for await (list of batches)',
    kind: 'ours',
    events: 'callbacks',
    module: '/dist/eventsource.options.js',
    open: (url, handlers, { EventSource }) => iterate(new EventSource(url), handlers, async (source, take) => {
      for await (const messages of source.messages().batches()) messages.forEach(take);
    }),
  },
  'event-source-polyfill': {
    title: 'event-source-polyfill',
    kind: 'peer',
    events: 'objects',
    package: 'event-source-polyfill',
    open: (url, handlers, { EventSourcePolyfill }) => listen(new EventSourcePolyfill(url), handlers),
  },
  eventsource: {
    title: 'eventsource',
    kind: 'peer',
    events: 'DOM',
    package: 'eventsource',
    open: (url, handlers, { EventSource }) => listen(new EventSource(url), handlers),
  },
  'eventsource-polyfill': {
    title: 'eventsource-polyfill',
    kind: 'peer',
    events: 'objects',
    package: 'eventsource-polyfill',
    // It would begin again after 256 KiB.
    open: (url, handlers, { EventSource }) => listen(new EventSource(url, { bufferSizeLimit: Infinity }), handlers),
  },
  'sse.js': {
    title: 'sse.js',
    kind: 'peer',
    events: 'DOM',
    package: 'sse.js',
    open: (url, handlers, { SSE }) => listen(new SSE(url), handlers),
  },
  'fetch-event-source': {
    title: 'fetch-event-source',
    kind: 'peer',
    events: 'callbacks',
    package: '@microsoft/fetch-event-source',
    type: 'event',
    id: 'id',
    open: (url, { take, opened }, { fetchEventSource }) => {
      const controller = new AbortController();
      // Without an `onopen` it looks at the response's type by itself.
      fetchEventSource(url, { signal: controller.signal, onmessage: take, openWhenHidden: true, ...(opened && { onopen: async () => opened() }) });
      return { close: () => controller.abort() };
    },
  },
  'eventsource-client': {
    title: 'eventsource-client',
    kind: 'peer',
    events: 'callbacks',
    package: 'eventsource-client',
    type: 'event',
    id: 'id',
    open: (url, { take, opened }, { createEventSource }) => createEventSource({ url, onMessage: take, onConnect: opened }),
  },
};
