// The types of the class with options: those of the package's class, and what is beyond the Standard.

import type { EventSource as StandardEventSource, EventSourceInit as StandardInit } from 'eventsource-wasm';

/** Why a connection is lost, or not made. */
export type EventSourceReason =
  | 'network' | 'http-status' | 'content-type' | 'cors' | 'policy' | 'timeout' | 'too-large' | 'aborted' | 'stream-ended';

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

/** What iterating gives. */
export interface EventSourceRecord {
  readonly type: string;
  readonly data: string;
  readonly origin: string;
  readonly lastEventId: string;
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
  /** The HTTP statuses after which it is tried again; `Retry-After` is obeyed. @default [429, 502, 503, 504] */
  statuses?: readonly number[];
  /** Decides by itself: `undefined` leaves it at `error.willRetry`. */
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
  /** Called in place of the environment's `fetch`. */
  fetch?: (url: string, init: any) => PromiseLike<any>;
  /** @default 'auto' */
  transport?: 'auto' | 'fetch' | 'xhr';
  /** An AbortSignal that closes the source. */
  signal?: any;
  /** The last event ID to start with. */
  lastEventId?: string;
  /** Sends the last event ID in the query as well, and to other origins there only, which needs no preflight. */
  lastEventIdQueryParameterName?: string;
  /** `false`: never. With a method other than GET or HEAD that is the default. */
  retry?: boolean | EventSourceRetry;
  /** After so many milliseconds without a byte the connection is renewed; at most a quarter later. */
  heartbeatTimeout?: number;
  /** Closes the connection while the page is hidden, and goes on with the last event ID. */
  pauseWhenHidden?: boolean;
  /** An unfinished event of more bytes fails the connection. @default 134217728 */
  maxEventSize?: number;
  /** Wins over `withCredentials`. */
  credentials?: 'omit' | 'same-origin' | 'include';
  /** Passed to fetch, as are those that follow. */
  cache?: 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache';
  redirect?: 'follow' | 'error';
  referrer?: string;
  referrerPolicy?: string;
  priority?: 'high' | 'low' | 'auto';
}

/** A source with options. Iterating over it gives each event from then on, in order. */
export interface EventSource extends StandardEventSource, AsyncIterable<EventSourceRecord> {
  /** The last event ID so far. */
  readonly lastEventId: string;
  /** Milliseconds, before back-off. */
  readonly reconnectionTime: number;
  /** Connects anew, at once. What is `CLOSED` stays so. */
  reconnect(): void;
  /**
   * Each event from now on, or those of these types. Ends when the source is closed, throws when it fails; leaving the loop leaves the
   * source open. The network waits for who iterates slowest.
   */
  messages(options?: { types?: readonly string[] }): AsyncIterableIterator<EventSourceRecord>;
}

/** The class with options. */
export declare const EventSource: Omit<typeof StandardEventSource, 'prototype'> & {
  new (url: ConstructorParameters<typeof StandardEventSource>[0], init?: EventSourceInit): EventSource;
  readonly prototype: EventSource;
};
