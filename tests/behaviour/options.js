// What the class with options does beyond the Standard, and what its entry has beside it.

import './options/request.js';
import './options/init.js';
import './options/events.js';
import './options/own-fetch.js';
import './options/waits.js';
import './options/policies.js';
import './options/iteration.js';
import './options/decoding.js';
import './options/frames.js';
