// The types, written once for all entries with the class. They stand on the environment's own (lib.dom, @types/node, or whatever
// else declares the globals), and on as much of them as is needed here where there are none.

// What the environment's global of that name makes.
type Made<Name extends string, Otherwise> = typeof globalThis extends { [Each in Name]: { prototype: infer Instance } } ? Instance : Otherwise;

interface PlainEvent {
  readonly type: string;
  readonly target: any;
  readonly currentTarget: any;
  readonly timeStamp: number;
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}

interface PlainMessageEvent extends PlainEvent {
  readonly data: any;
  readonly origin: string;
  readonly lastEventId: string;
}

interface PlainEventTarget {
  addEventListener(type: string, listener: any, options?: boolean | { capture?: boolean; once?: boolean; passive?: boolean; signal?: any }): void;
  removeEventListener(type: string, listener: any, options?: boolean | { capture?: boolean }): void;
  dispatchEvent(event: any): boolean;
}

type EventHere = Made<'Event', PlainEvent>;
type MessageEventHere = Made<'MessageEvent', PlainMessageEvent>;
type EventTargetHere = Made<'EventTarget', PlainEventTarget>;
type URLHere = Made<'URL', { readonly href: string }>;
type ListenerHere = Parameters<EventTargetHere['addEventListener']>[1];
type AddOptions = Parameters<EventTargetHere['addEventListener']>[2];
type RemoveOptions = Parameters<EventTargetHere['removeEventListener']>[2];

/** An event of the stream: a `MessageEvent<string>`. */
export interface EventSourceMessage extends Omit<MessageEventHere, 'data'> {
  /** The values of the event's `data` fields, with a line feed between two. */
  readonly data: string;
  /** The origin of the URL that the stream came from, after redirects. */
  readonly origin: string;
  /** The value of the last `id` field by then, empty when there was none: it stays for the events after it. */
  readonly lastEventId: string;
}

/** The event types that every source has. All others are the server's, and bring an `EventSourceMessage`. */
export interface EventSourceEventMap {
  /** The connection is lost or refused. */
  error: EventHere;
  /** An event of the stream without a name. */
  message: EventSourceMessage;
  /** A connection is established. */
  open: EventHere;
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#eventsourceinit */
export interface EventSourceInit {
  /**
   * Whether requests to other origins carry credentials such as cookies.
   * @default false
   */
  withCredentials?: boolean;
}

/**
 * A source of server-sent events, as the HTML Standard has it: it connects when it is constructed, and again whenever the
 * connection is lost, until it is closed or the server refuses.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface
 */
export interface EventSource extends EventTargetHere {
  /** Called when a connection is established: the first one, and each one after a loss. */
  onopen: ((this: EventSource, event: EventHere) => any) | null;
  /** Called with each event that the server gives no type, or the type `message`. */
  onmessage: ((this: EventSource, event: EventSourceMessage) => any) | null;
  /** Called when the connection is lost or refused: `readyState` is `CONNECTING` when the source goes on by itself, `CLOSED` when it has given up. */
  onerror: ((this: EventSource, event: EventHere) => any) | null;

  /** The URL, absolute. It stays the same after redirects. */
  readonly url: string;
  /** As given to the constructor. */
  readonly withCredentials: boolean;
  /** `CONNECTING` (0), `OPEN` (1) or `CLOSED` (2). */
  readonly readyState: number;

  /** There is no connection yet, or it is lost and the source will connect again. */
  readonly CONNECTING: 0;
  /** There is a connection, and events are dispatched as they come. */
  readonly OPEN: 1;
  /** The source is closed, or has given up. It won't connect again. */
  readonly CLOSED: 2;

  /** Ends the source: the request is aborted, and no event comes any more, not even one that is here already. */
  close(): void;

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
}

/** The class, whether or not the environment has one of its own. */
export declare const EventSource: {
  /**
   * Connects, in a later task.
   * @param url relative to the page or worker; absolute where there is neither (Node, Deno, Bun, workerd)
   * @throws {TypeError} where the arguments are of wrong types
   * @throws {DOMException} `SyntaxError` for a URL that can't be parsed; `NotSupportedError` where the environment lacks something
   *   that is needed, which it names
   */
  new (url: string | URLHere, init?: EventSourceInit): EventSource;
  readonly prototype: EventSource;
  /** There is no connection yet, or it is lost and the source will connect again. */
  readonly CONNECTING: 0;
  /** There is a connection, and events are dispatched as they come. */
  readonly OPEN: 1;
  /** The source is closed, or has given up. */
  readonly CLOSED: 2;
};

/** The same class, by the name that event-source-polyfill gives its own. */
export { EventSource as EventSourcePolyfill };

/** The environment's own class, as it was when this module was loaded; `undefined` where there was none. */
export declare const NativeEventSource: typeof EventSource | undefined;
