// Why a connection is lost, or not made: see src/policy.rs, whose order this is. `internal` is no connection's.

export const REASONS = ['network', 'http-status', 'content-type', 'cors', 'policy', 'timeout', 'too-large', 'aborted', 'stream-ended'];

const TEXTS = {
  network: () => 'there is no connection to the server, or it broke',
  'http-status': (status) => `the server answered with status ${status}`,
  'content-type': (status, type) => `the server answered with the type ${type} instead of text/event-stream`,
  cors: () => 'the server\'s CORS headers do not allow the request',
  policy: () => 'the page\'s Content-Security-Policy does not allow the request',
  timeout: () => 'nothing came for longer than heartbeatTimeout',
  'too-large': () => 'an event is larger than maxEventSize',
  aborted: () => 'the request was given up',
  'stream-ended': () => 'the server has ended the stream',
  internal: () => 'the core can not be loaded, or has failed: the console says more',
};

/** In words. @param {string} reason @param {number} [status] of the response @param {string} [type] of the response */
export function describe(reason, status, type) {
  return TEXTS[reason](status, type);
}

/** What iterating throws. @param {{message: string, reason: string}} details and whatever else is known */
export function makeError(details) {
  return Object.assign(new Error(details.message), { name: 'EventSourceError' }, details);
}
