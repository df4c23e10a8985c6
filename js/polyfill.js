// The polyfill as a script: installs the class on the global when the global has none.

import { prepare } from 'eventsource-wasm:load';
import { install } from './install.js';

if (!self.EventSource) {
  install(self);
  prepare();
}
