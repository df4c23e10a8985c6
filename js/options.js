// The entry of the package's class with options, and of what reads an event stream that somebody else has got. The class has the names
// of the entry without options (js/index.js), too.

import { EventSource } from './eventsource.js';
import { addMembers } from './options/members.js';

addMembers(EventSource);

export { EventSource, EventSource as EventSourcePolyfill };
export { NativeEventSource } from './native.js';
export { EventStreamDecoderStream } from './options/decoder-stream.js';
export { parse } from './options/parse.js';
