// All themes. Their order is the order in which tests start.

import './interface.js';
import './constructor.js';
import './url.js';
import './handlers.js';
import './listeners.js';
import './request.js';
import './credentials.js';
import './response.js';
import './redirects.js';
import './cors.js';
import './schemes.js';
import './stream.js';
import './events.js';
import './reconnection.js';
import './last-event-id.js';
import './close.js';
import './many.js';
import './frames.js';
import './workers.js';
