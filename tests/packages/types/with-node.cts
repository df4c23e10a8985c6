// The package's types beside @types/node's, as a CommonJS module.

import { EventSource, EventSourcePolyfill, NativeEventSource } from 'eventsource-wasm';
import external = require('eventsource-wasm/external');
import es5 = require('eventsource-wasm/es5');
import 'eventsource-wasm/polyfill';

const source: EventTarget = new EventSource(new URL('http://127.0.0.1/'));
const other = new es5.EventSource('http://127.0.0.1/');
other.addEventListener('price', (event) => event.data.trim());
other.addEventListener('message', (event: MessageEvent) => event.data, { once: true });
other.onerror = (event: Event) => process.exitCode = event.type.length;
new (NativeEventSource ?? EventSourcePolyfill)('http://127.0.0.1/').close();

// @ts-expect-error Data are text.
other.onmessage = (event) => event.data.toFixed();

export { source, external };

import options = require('eventsource-wasm/options');
import optionsEs5 = require('eventsource-wasm/options/es5');
new options.EventSource('http://127.0.0.1/', { heartbeatTimeout: 5_000, headers: [['a', 'b']] }).reconnect();

import { createReadStream } from 'node:fs';
export const parsed = options.parse(createReadStream('stream.sse')).lastEventId.trim();
export const decoded: Promise<void> = fetch('http://127.0.0.1/').then(async ({ body }) => {
  for await (const { data } of body!.pipeThrough(new options.EventStreamDecoderStream())) console.log(data.trim());
});
export const sameClass: typeof options.EventSource = optionsEs5.EventSource;
