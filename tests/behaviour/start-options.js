// The suite for the class with options, which needs no old engine's syntax.

import './options.js';

export * from './start.js';
