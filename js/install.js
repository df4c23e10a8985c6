// Installs the class on a global that has none.

import { EventSource } from './eventsource.js';

export function install(global) {
  Object.defineProperty(global, 'EventSource', { value: EventSource, writable: true, configurable: true });
}
