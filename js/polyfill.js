// The polyfill: installs the class on the global when the global has none.

import { prepare } from 'eventsource-wasm:load';
import { EventSource } from './eventsource.js';

if (!self.EventSource) {
  Object.defineProperty(self, 'EventSource', { value: EventSource, writable: true, configurable: true });
  prepare();
}
