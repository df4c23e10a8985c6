// The polyfill as a module, for Node too.

import { global } from './global.js';
import { install } from './install.js';
import { error } from './log.js';

try {
  if (!global.EventSource) install(global);
} catch (reason) {
  // A global that takes nothing new. An import is not to throw.
  error("EventSource can't be installed:", reason);
}
