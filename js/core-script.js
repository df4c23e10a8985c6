// The core's glue as a script of its own, for js/load/beside.js to take from the global.

import { createGlue } from 'eventsource-wasm:glue';

self['eventsource-wasm'] = createGlue;
