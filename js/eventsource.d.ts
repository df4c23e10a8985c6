export interface EventSourceInit {
  /** Whether cross-origin requests carry credentials such as cookies. */
  withCredentials?: boolean;
}

/** The browser's EventSource, with the core in WebAssembly: https://html.spec.whatwg.org/multipage/server-sent-events.html */
declare const EventSourceClass: {
  new (url: string | URL, init?: EventSourceInit): EventSource;
  readonly prototype: EventSource;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
};
export { EventSourceClass as EventSource };
