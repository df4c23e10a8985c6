// The ES5 core as a script of its own, for js/load/beside.js to take from the global.

import { connect } from './load/es5.js';

self['eventsource-wasm'] = () => connect;
