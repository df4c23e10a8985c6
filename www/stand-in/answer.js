// A request answered as the demo's server would, without one: the table's answers as responses.

import { DROP } from '../streams/bodies.js';
import { answerEndpoint } from '../streams/endpoints.js';
import { every, sleep } from './timers.js';

/**
 * @param {Request} request
 * @param {string} folder the URL that the endpoints' paths start from, with a slash at its end
 * @returns {Promise<Response> | undefined} undefined: none of ours
 */
export function answer(request, folder) {
  const { href, pathname, searchParams } = new URL(request.url);
  if (!href.startsWith(folder)) return undefined;
  const base = new URL(folder).pathname;
  const given = answerEndpoint(pathname.slice(base.length - 1), {
    method: request.method,
    text: () => request.text(),
    query: searchParams,
    lastEventId: request.headers.get('Last-Event-ID') ?? '',
    cookie: '',
    origin: '',
    base,
    otherOrigin: '',
  });
  return given === undefined ? undefined : Promise.resolve(given).then((given) => respond(given, request.signal));
}

function respond(given, signal) {
  if (given === null) return Response.error();
  const { status, headers, text, body } = given;
  // A status like 204 takes no body, not even an empty one.
  return new Response(body ? stream(body, signal) : text || null, { status, headers });
}

/** The pieces of a body, each when it is asked for: where nobody reads any more, nothing goes on. */
function stream(body, signal) {
  const encoder = new TextEncoder();
  const pieces = body({ sleep, every });
  let isOver = false;
  return new ReadableStream({
    start(controller) {
      signal.addEventListener('abort', () => {
        isOver = true;
        controller.error(signal.reason);
      });
    },
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (isOver) return;
      if (done) controller.close();
      else if (value === DROP) controller.error(new TypeError('The connection was broken, as asked for.'));
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    cancel() {
      isOver = true;
    },
  });
}
