// The tests of the entry with options, in a runtime.

import '../behaviour/options.js';

export * from './start.js';
