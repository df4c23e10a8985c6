// The engine's own class, by this name since the class of this package has the other one.

import { global } from './global.js';

// As a member: the script that imports this package may declare a name of its own that is EventSource, too, and has no value yet.
export const NativeEventSource = global.EventSource;
