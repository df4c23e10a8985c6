// The package's types where nothing declares events: no lib.dom, no @types/node.

import { EventSource, EventSourcePolyfill, NativeEventSource } from 'eventsource-wasm';
import 'eventsource-wasm/polyfill';

const source = new EventSource('http://127.0.0.1/', { withCredentials: false });
const names: string[] = [];
source.onmessage = (event) => names.push(event.data.trim(), event.lastEventId, event.origin, event.type);
source.addEventListener('price', (event) => names.push(event.data), { once: true });
source.addEventListener('open', (event) => names.push(event.type));
new (NativeEventSource ?? EventSourcePolyfill)('http://127.0.0.1/').close();

// @ts-expect-error Data are text.
source.addEventListener('price', (event) => event.data.toFixed());
// @ts-expect-error lib.dom is not here.
export type None = Document;

import { EventStreamDecoderStream, parse } from 'eventsource-wasm/options';
parse('data: 1\n\n').next().then(({ value }) => names.push(value.data));
export const { readable, writable } = new EventStreamDecoderStream();
// @ts-expect-error A number is no body.
parse(5);
