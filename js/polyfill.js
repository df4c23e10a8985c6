// The script tag: installs the class on the global when the global has none.

import { EventSource } from './eventsource.js';
import { prepare } from './load/beside.js';

if (!self.EventSource) {
  Object.defineProperty(self, 'EventSource', { value: EventSource, writable: true, configurable: true });
  prepare();
}
