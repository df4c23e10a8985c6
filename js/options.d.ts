// The types of the entry with options: those of the package's class, and what is beyond the Standard.

import type {
  EventSource as StandardEventSource, EventSourceEventMap as StandardEventMap, EventSourceInit as StandardInit, EventSourceMessage,
} from 'eventsource-wasm';

export { NativeEventSource } from 'eventsource-wasm';

declare global {
  // What the environment's types say of them, if anything.
  interface ReadableStream<R = any> {}
  interface WritableStream<W = any> {}
}

type EventHere = StandardEventMap['open'];
type ListenerHere = Parameters<StandardEventSource['addEventListener']>[1];
type AddOptions = Parameters<StandardEventSource['addEventListener']>[2];
type RemoveOptions = Parameters<StandardEventSource['removeEventListener']>[2];
// What `using` asks for, where the environment's types know `Symbol.dispose` (lib esnext.disposable).
type DisposableHere = SymbolConstructor extends { readonly dispose: infer Dispose extends symbol } ? { [Key in Dispose]: () => void } : {};

/** Why a connection is lost, or not made. */
export type EventSourceReason =
  | 'network' | 'http-status' | 'content-type' | 'cors' | 'policy' | 'timeout' | 'too-large' | 'aborted' | 'stream-ended' | 'internal';

/** What an `error` event tells beside its type. */
export interface EventSourceLoss {
  readonly reason: EventSourceReason;
  /** The HTTP status of the attempt's response, if there was one. */
  readonly status?: number;
  /** The same. */
  readonly code?: number;
  /** The reason in words. */
  readonly message: string;
  /** Whether the source will connect again. */
  readonly willRetry: boolean;
  /** In how many milliseconds; `undefined` where it won't, or is not known. */
  readonly retryIn?: number;
  /** What was thrown, or a promise was rejected with. */
  readonly cause?: unknown;
}

/** What an `open` event tells beside its type. */
export interface EventSourceAnswer {
  readonly status: number;
  /** A `Headers`. */
  readonly headers: any;
  /** The response's, after redirects. */
  readonly url: string;
  /** Which request in a row this was, from 1, since the constructor or the last `open`. */
  readonly attempt: number;
}

/** The connection is lost or refused, and why. */
export interface EventSourceErrorEvent extends EventHere, EventSourceLoss {}

/** A connection is established, and by what answer. */
export interface EventSourceOpenEvent extends EventHere, EventSourceAnswer {}

/** The event types that every source has. All others are the server's, and bring an `EventSourceMessage`. */
export interface EventSourceEventMap {
  /** The connection is lost or refused. */
  error: EventSourceErrorEvent;
  /** An event of the stream without a name. */
  message: EventSourceMessage;
  /** A connection is established. */
  open: EventSourceOpenEvent;
}

/** An event of a stream. */
export interface EventStreamMessage {
  /** `message`, or what the event's `event` field says. */
  readonly type: string;
  /** The values of the event's `data` fields, with a line feed between two. */
  readonly data: string;
  /** The value of the last `id` field by then, empty when there was none: it stays for the events after it. */
  readonly lastEventId: string;
}

/** An event of a stream from a URL: what iterating over a source gives. */
export interface EventSourceRecord extends EventStreamMessage {
  /** The origin of the URL that the stream came from, after redirects. */
  readonly origin: string;
}

/** Iterates over messages. */
export interface EventStreamIterator<Message> extends AsyncIterableIterator<Message> {
  /** Gives no more, and lets go of what it iterates over. */
  return(value?: any): Promise<IteratorResult<Message, any>>;
  /** The same messages in lists, of all that have come by then and at least one: several times as fast where there are very many. */
  batches(): AsyncIterableIterator<Message[]>;
}

/** Delays, their growth, and when there is no other attempt. */
export interface EventSourceRetry {
  /** The reconnection time in milliseconds, until a `retry` field says otherwise. @default 3000 */
  initial?: number;
  /** The longest wait in milliseconds; only `Retry-After` makes a longer one. No wait is under 100 ms. */
  max?: number;
  /** What a wait is multiplied by for each attempt in a row without an event. @default 2 */
  factor?: number;
  /** The most of a wait that is added at random, from 0 to 1. @default 0.2 */
  jitter?: number;
  /** How many attempts in a row may be without an event. @default Infinity */
  attempts?: number;
  /** The HTTP statuses after which it is tried again, not before the time of `Retry-After`. None where there is no `retry`. @default [429, 502, 503, 504] */
  statuses?: readonly number[];
  /** Decides by itself: `undefined` leaves it at `error.willRetry`, and so does an exception, which is reported. */
  when?: (error: Error & EventSourceLoss) => boolean | undefined | PromiseLike<boolean | undefined>;
}

type MaybeLater<Value> = Value | PromiseLike<Value>;
/** As much of a `Headers` as every lib.dom tells. */
interface HeadersHere {
  get(name: string): string | null;
  forEach(callback: (value: string, name: string) => void): void;
}
type HeadersInit = { readonly [name: string]: string } | Iterable<readonly [string, string]> | HeadersHere;

/** The Standard's options and ours. Unknown members are ignored; wrong ones are a TypeError that names the member. */
export interface EventSourceInit extends StandardInit {
  /** Sent with each request; the Standard's own are kept unless named. A function is called for each attempt. */
  headers?: HeadersInit | (() => MaybeLater<HeadersInit>);
  /** @default 'GET' */
  method?: string;
  /** Text, bytes, a Blob, FormData or URLSearchParams; a function is called for each attempt. */
  body?: any;
  /** Called in place of the environment's `fetch`. Its answer's body gives `Uint8Array` chunks. */
  fetch?: (url: string, init: any) => PromiseLike<any>;
  /** @default 'auto' */
  transport?: 'auto' | 'fetch' | 'xhr';
  /** An AbortSignal that closes the source. */
  signal?: any;
  /** The last event ID to start with, at most 4,096 bytes in UTF-8; with `lastEventIdQueryParameterName` 1,365. */
  lastEventId?: string;
  /** Sends the last event ID in the query as well; to other origins there only, which needs no preflight, and with control characters, too. */
  lastEventIdQueryParameterName?: string;
  /** `true`: with the defaults of all members. `false`: never. With a method other than GET or HEAD that is the default. */
  retry?: boolean | EventSourceRetry;
  /** After so many milliseconds without a byte the connection is renewed; at most a quarter later. 0 and `Infinity`: never. @default 0 */
  heartbeatTimeout?: number;
  /** Closes the connection while the page is hidden, and goes on with the last event ID. */
  pauseWhenHidden?: boolean;
  /** An unfinished event of more bytes fails the connection. @default 134217728 */
  maxEventSize?: number;
  /** Wins over `withCredentials`. */
  credentials?: 'omit' | 'same-origin' | 'include';
  /** Passed to fetch, as are those that follow. Not `only-if-cached`: no cache has a live stream. */
  cache?: 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache';
  /** Not `manual`: what is not followed has neither status nor body. */
  redirect?: 'follow' | 'error';
  /** A URL, or empty for none. */
  referrer?: string;
  /** As in the Referrer-Policy header. */
  referrerPolicy?:
    | '' | 'no-referrer' | 'no-referrer-when-downgrade' | 'same-origin' | 'origin' | 'strict-origin' | 'origin-when-cross-origin'
    | 'strict-origin-when-cross-origin' | 'unsafe-url';
  priority?: 'high' | 'low' | 'auto';
}

/** A source with options. Iterating over it gives each event from then on, in order; `using` closes it. */
export interface EventSource extends StandardEventSource, AsyncIterable<EventSourceRecord>, DisposableHere {
  // What is read has the Standard's type, so that a source is one of lib.dom's.
  get onopen(): StandardEventSource['onopen'];
  /** Called when a connection is established: the first one, and each one after a loss. */
  set onopen(handler: ((this: EventSource, event: EventSourceOpenEvent) => any) | null);
  get onmessage(): StandardEventSource['onmessage'];
  /** Called with each event that the server gives no type, or the type `message`. */
  set onmessage(handler: ((this: EventSource, event: EventSourceMessage) => any) | null);
  get onerror(): StandardEventSource['onerror'];
  /** Called when the connection is lost or refused: `event.reason` says why, `event.willRetry` whether the source goes on by itself. */
  set onerror(handler: ((this: EventSource, event: EventSourceErrorEvent) => any) | null);

  /** Adds a listener for one of the types that every source has. */
  addEventListener<Type extends keyof EventSourceEventMap>(
    type: Type,
    listener: (this: EventSource, event: EventSourceEventMap[Type]) => any,
    options?: AddOptions,
  ): void;
  /** Adds a listener for the events that the server gives this type, by their `event` field. */
  addEventListener(type: string, listener: (this: EventSource, event: EventSourceMessage) => any, options?: AddOptions): void;
  /** Adds a listener of any kind, an object with `handleEvent`, say. */
  addEventListener(type: string, listener: ListenerHere, options?: AddOptions): void;

  /** Removes a listener for one of the types that every source has, added with the same function and `capture`. */
  removeEventListener<Type extends keyof EventSourceEventMap>(
    type: Type,
    listener: (this: EventSource, event: EventSourceEventMap[Type]) => any,
    options?: RemoveOptions,
  ): void;
  /** Removes a listener for the events that the server gives this type, added with the same function and `capture`. */
  removeEventListener(type: string, listener: (this: EventSource, event: EventSourceMessage) => any, options?: RemoveOptions): void;
  /** Removes a listener of any kind, added with the same `capture`. */
  removeEventListener(type: string, listener: ListenerHere, options?: RemoveOptions): void;

  /** The last event ID so far. */
  readonly lastEventId: string;
  /** Milliseconds, before back-off. */
  readonly reconnectionTime: number;
  /** Connects anew, at once. What is `CLOSED` stays so. */
  reconnect(): void;
  /**
   * Each event from now on, or those of these types. Ends when the source is closed, throws when it fails; leaving the loop leaves the
   * source open. The network waits for who iterates slowest, and for ever for who does not: `return()` ends that.
   */
  messages(options?: { types?: readonly string[] }): EventStreamIterator<EventSourceRecord>;
}

/** The class with options. */
export declare const EventSource: Omit<typeof StandardEventSource, 'prototype'> & {
  new (url: ConstructorParameters<typeof StandardEventSource>[0], init?: EventSourceInit): EventSource;
  readonly prototype: EventSource;
};

/** The same, by event-source-polyfill's name. */
export declare const EventSourcePolyfill: typeof EventSource;

/** What reading a stream that is there already can be told. */
export interface EventStreamOptions {
  /** The last event ID to start with. @default '' */
  lastEventId?: string;
  /** An unfinished event of more bytes is an error, of the reason `too-large`. @default 134217728 */
  maxEventSize?: number;
}

/** What `parse()` takes: a `Response`, a body, or what one has. */
export type EventStreamInput =
  | { readonly status: number; readonly url: string; readonly headers: { get(name: string): string | null }; readonly body: any }
  | { getReader(): any }
  | AsyncIterable<ArrayBuffer | ArrayBufferView>
  | ArrayBuffer
  | ArrayBufferView
  | string;

/** Iterates over the messages of a stream that is there already. */
export interface ParsedEventStream extends EventStreamIterator<EventStreamMessage & { readonly origin?: string }> {
  /** The last event ID so far: by `batches()` that of all that has come, which may be more than the list's last message. */
  readonly lastEventId: string;
  /** The milliseconds of the last `retry` field that was read; `undefined` until there was one. */
  readonly reconnectionTime: number | undefined;
}

/**
 * Interprets an event stream, as a source does: one byte order mark is taken away, and what is unfinished at the end discarded. A response
 * has to be what a source accepts (status 200, `text/event-stream`), or iterating throws an error with `reason`, `status` and `url`; its
 * messages have an `origin`. Of anything else it is only read. Nothing is read before it is asked for; leaving the loop cancels the body.
 */
export declare function parse(input: EventStreamInput, options?: EventStreamOptions): ParsedEventStream;

/** A transform stream of bytes to messages: `response.body.pipeThrough(new EventStreamDecoderStream())`. */
export declare class EventStreamDecoderStream {
  constructor(options?: EventStreamOptions);
  readonly readable: ReadableStream<EventStreamMessage>;
  readonly writable: WritableStream<ArrayBuffer | ArrayBufferView>;
  /** The last event ID of what is decoded so far, which is at most one chunk more than what is read. */
  readonly lastEventId: string;
  /** The milliseconds of the last `retry` field that was decoded; `undefined` until there was one. */
  readonly reconnectionTime: number | undefined;
}
