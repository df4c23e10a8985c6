// The entry of the package's class with options.

import { EventSource } from './eventsource.js';
import { addMembers } from './options/members.js';

addMembers(EventSource);

export { EventSource };
