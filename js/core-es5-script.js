// The ES5 core as a script of its own, for js/load/beside.js to take from the global.

import { createConnect } from './core.js';
import { createGlue, instantiate } from './load/es5-engine.js';

const connect = createConnect({ createGlue, instantiate });

self['eventsource-wasm'] = () => connect;
