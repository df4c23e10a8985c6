// The ES5 core as a script of its own, for js/load/beside.js to take from the global.

import { createConnect } from './core.js';
import { es5Engine } from './load/es5-engine.js';

self['eventsource-wasm'] = () => createConnect(es5Engine);
