// The entry of the package's class with options.

import './options/members.js';

export { EventSource } from './eventsource.js';
