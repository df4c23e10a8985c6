// The package's types beside lib.dom's.

import {
  EventSource as OptionsEventSource, EventSourcePolyfill as OptionsPolyfill, NativeEventSource as OptionsNative, EventStreamDecoderStream, parse,
  type EventSourceErrorEvent, type EventSourceOpenEvent, type EventSourceReason as Reason,
} from 'eventsource-wasm/options';
import { EventSource as Ours, EventSourcePolyfill, NativeEventSource, type EventSourceInit as Init, type EventSourceMessage } from 'eventsource-wasm';
import { EventSource as External } from 'eventsource-wasm/external';
import { EventSource as Es5 } from 'eventsource-wasm/es5';
import 'eventsource-wasm/polyfill';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | void => {};

// A source is an EventSource of the browser's, and the other way around; and so are the classes.
const native: EventSource = new Ours('/stream');
const ours: Ours = new EventSource('/stream');
const NativeClass: typeof EventSource = Ours;
const OurClass: typeof Ours = EventSource;
const target: EventTarget = ours;
const init: EventSourceInit = { withCredentials: true } satisfies Init;
new Ours(new URL('http://127.0.0.1/'), init);

// As event-source-polyfill's users write it.
const Class = NativeEventSource || EventSourcePolyfill;
const source: Ours = new Class('/stream', { withCredentials: true });
yes<Equal<typeof External, typeof Ours>>();
yes<Equal<typeof Es5, typeof Ours>>();
yes<Equal<typeof EventSourcePolyfill, typeof Ours>>();

// Events, by their names.
source.onopen = (event) => yes<Equal<typeof event, Event>>();
source.onmessage = function (event) {
  yes<Equal<typeof event.data, string>>();
  yes<Equal<typeof this, Ours>>();
};
source.onmessage = (event: MessageEvent<string>) => event.data.trim();
source.onmessage = (event: MessageEvent) => event.data;
source.onerror = null;
source.addEventListener('open', (event) => yes<Equal<typeof event, Event>>());
source.addEventListener('message', (event) => yes<Equal<typeof event, EventSourceMessage>>(), { once: true });
source.addEventListener('connecttime', (event) => {
  yes<Equal<typeof event.data, string>>();
  yes<Equal<typeof event.lastEventId, string>>();
  const message: MessageEvent<string> = event;
  return message.origin;
});
source.addEventListener('price', (event: MessageEvent<string>) => event.data.trim(), { signal: new AbortController().signal });
source.addEventListener('price', { handleEvent: (event: Event) => event.type });
source.removeEventListener('price', (event: MessageEvent<string>) => event.data, true);

// A subclass.
class Feed extends Ours {
  constructor(readonly topic: string) {
    super(`/feeds/${topic}`, { withCredentials: true });
  }
}
const feed: EventSource = new Feed('a');
yes<Equal<Feed['readyState'], number>>();
yes<Equal<typeof Feed.CLOSED, 2>>();

// What must not pass.
// @ts-expect-error A source has a URL.
new Ours();
// @ts-expect-error There is no such option.
new Ours('/stream', { withCredential: true });
// @ts-expect-error The state is the source's own to change.
source.readyState = 2;
// @ts-expect-error Numbers are no handlers.
source.onmessage = 1;
// @ts-expect-error `open` has no data.
source.addEventListener('open', (event) => event.data);
// @ts-expect-error There may be no class of the environment's.
new NativeEventSource('/stream');

export { native, NativeClass, OurClass, target, feed };

// The class with options.
const answer: EventSource = new OptionsEventSource('/chat', {
  method: 'POST',
  body: 'x',
  headers: async () => new Headers({ Authorization: 'x' }),
  retry: { statuses: [503], when: async ({ reason, willRetry }) => reason === 'timeout' || willRetry },
});
export async function read(source: InstanceType<typeof OptionsEventSource>) {
  for await (const { data, lastEventId } of source) console.log(data.trim(), lastEventId.trim());
  for await (const { type } of source.messages({ types: ['a'] })) console.log(type.trim(), answer.url);
}
yes<Equal<typeof OptionsPolyfill, typeof OptionsEventSource>>();
yes<Equal<typeof OptionsNative, typeof NativeEventSource>>();
// What its events carry, by whatever way one listens; and what one that listens knows of the source.
const chat = new OptionsEventSource('/chat');
chat.onopen = ({ status, headers, url, attempt }) => [status.toFixed(), headers.get('x'), url.trim(), attempt.toFixed()];
chat.onerror = function (event) {
  yes<Equal<typeof event.reason, Reason>>();
  yes<Equal<typeof event.willRetry, boolean>>();
  const plain: Event = event;
  this.reconnect();
  return [event.retryIn?.toFixed(), event.status?.toFixed(), event.message.trim(), event.cause, plain.type];
};
chat.onerror = (event: Event) => event.type;
chat.onmessage = function ({ data }) {
  this.reconnect();
  return data.trim();
};
chat.addEventListener('error', (event) => yes<Equal<typeof event, EventSourceErrorEvent>>());
chat.addEventListener('open', (event) => yes<Equal<typeof event, EventSourceOpenEvent>>(), { once: true });
chat.addEventListener('price', function ({ data }) {
  this.reconnect();
  return data.trim();
});
chat.addEventListener('price', { handleEvent: (event: Event) => event.type });
chat.removeEventListener('error', (event) => event.reason.length);
chat.onerror = chat.onopen = null;
chat.onerror = source.onerror;
// @ts-expect-error `open` has no reason.
chat.addEventListener('open', (event) => event.reason);
// @ts-expect-error The Standard's class says nothing of reasons.
source.onerror = (event) => event.reason;
// It is a class of the browser's, and of the entry without options.
const OptionsAsNative: typeof EventSource = OptionsEventSource;
const OptionsAsPlain: typeof Ours = OptionsEventSource;
const asPlain: Ours = chat;
const asTarget: EventTarget = chat;
export { OptionsAsNative, OptionsAsPlain, asPlain, asTarget };
class Chat extends OptionsEventSource {
  constructor() {
    super('/chat', { method: 'POST' });
    this.onerror = ({ reason }) => reason.trim();
  }
}
export const chatAsNative: EventSource = new Chat();
// @ts-expect-error There is no such symbol in this environment, and nothing of that name here.
chat[Symbol.dispose]();
// @ts-expect-error There is no such transport.
new OptionsEventSource('/chat', { transport: 'pigeon' });

// What reads a stream that is there already.
export async function decode(response: Response) {
  const messages = parse(response, { maxEventSize: 1024 });
  for await (const { type, data, origin } of messages) console.log(type.trim(), data.trim(), origin?.trim(), messages.reconnectionTime?.toFixed());
  for await (const list of parse('data: 1\n\n').batches()) console.log(list[0]?.data.trim());
  for (const input of [response.body ?? '', new Uint8Array(1), new ArrayBuffer(1)]) await parse(input).next();
  const decoder = new EventStreamDecoderStream({ lastEventId: '7' });
  const stream = response.body?.pipeThrough(decoder);
  const read = await stream?.getReader().read();
  yes<Equal<typeof read, ReadableStreamReadResult<import('eventsource-wasm/options').EventStreamMessage> | undefined>>();
  for await (const batch of new OptionsEventSource('/').messages().batches()) console.log(batch.map(({ origin }) => origin.trim()));
  // @ts-expect-error There is no such option.
  parse(response, { signal: null });
  // @ts-expect-error A number is no body.
  parse(5);
}
