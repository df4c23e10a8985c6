// The package's entry: the class, whether or not the engine has one, under the names that event-source-polyfill gives it.

export { EventSource, EventSource as EventSourcePolyfill } from './eventsource.js';
export { NativeEventSource } from './native.js';
