// The ES5 core as a script of its own, for js/load/beside.js to take from the global.

import { engine } from './load/es5-engine.js';

self['eventsource-wasm'] = engine;
