// The polyfill as a module, for Node too, where `self` is not.

import { install } from './install.js';

const global = typeof self === 'object' ? self : globalThis;
if (!global.EventSource) install(global);
