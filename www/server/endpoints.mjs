// The table of the endpoints: what the page offers and what the server answers, in one place.

import * as bodies from './bodies.mjs';
import { STREAM_HEADERS, sendStream } from './stream.mjs';
import { sendText } from './text.mjs';

const { 'Access-Control-Allow-Origin': _, ...WITHOUT_CORS } = STREAM_HEADERS;
const COOKIE = 'demo_visits';

/**
 * `path` is what the page opens, its query included; the first entry of a path answers it.
 * `shows` says what a person sees. `types` are the events' names. `other`: to be opened at the other origin, and
 * `withCredentials` so. An entry has a `body` (a stream; `headers` replace the classic ones, `preflight` lets
 * Last-Event-ID through, `ends` answers in place of the body when it gives something) or a `reply`.
 */
const ENDPOINTS = [
  { group: 'Basics', path: '/stream', title: 'The classic example', types: ['connecttime'], body: bodies.classic,
    shows: 'A retry of 10 s, an event “connecttime” with the date, then a message with the date each second.' },
  { group: 'Basics', path: '/named', title: 'Named events', types: ['add', 'change', 'remove'], body: bodies.named,
    shows: 'Events named add, change and remove reach the listeners of their names; onmessage sees just the one without a name.' },
  { group: 'Basics', path: '/resume', title: 'Ids and resuming', body: bodies.resume,
    shows: 'The server ends the stream after three events. The client is back after 1 s, says the last id it saw (Last-Event-ID), and nothing is lost or doubled.' },
  { group: 'Basics', path: '/multiline', title: 'Data of many lines', body: bodies.multiline,
    shows: 'One event of five lines each 2 s, its lines ended by LF, CR or CRLF in turn: the page sees LF.' },
  { group: 'Basics', path: '/utf8', title: 'Every script there is', body: bodies.utf8,
    shows: 'A byte order mark in front, right-to-left and combining scripts, emoji, bytes that are no UTF-8, a character cut in two by the network.' },
  { group: 'Basics', path: '/charset', title: 'A charset that is not UTF-8', body: bodies.utf8,
    headers: () => ({ ...STREAM_HEADERS, 'Content-Type': 'text/event-stream; charset=latin1' }),
    shows: 'The same bytes said to be latin1. The Standard: event streams are UTF-8, whatever the charset says. Chromium’s own refuses this one.' },
  { group: 'Basics', path: '/comments', title: 'Comments as heartbeats', body: bodies.comments,
    shows: 'A comment each second keeps the connection alive and is no event; each fifth brings a message.' },

  { group: 'Pace', path: '/slow', title: 'Slow: one event each 5 s', body: bodies.slow,
    shows: 'Each event carries the time it was sent; the plot below shows how long it took to get here.' },
  { group: 'Pace', path: '/fast?rate=20', title: '20 events a second', body: bodies.fast,
    shows: 'A steady pace, with the latency of each event.' },
  { group: 'Pace', path: '/fast?rate=1000', title: '1,000 events a second', body: bodies.fast,
    shows: 'Any rate from 0.1 to 100,000 may stand in the URL.' },
  { group: 'Pace', path: '/fast?rate=10000', title: '10,000 events a second', body: bodies.fast,
    shows: 'Where a browser gets busy: the two panels share this tab’s one thread.' },
  { group: 'Pace', path: '/fast', title: 'As fast as it is read', body: bodies.fast,
    shows: 'The server writes whenever the client has read; the latency is the queue in between. Firefox’s own puts no brake on the server: its tab fills the memory.' },

  { group: 'Endings', path: '/drop', title: 'The connection breaks', body: bodies.drop,
    shows: 'The socket is torn down after three events and half of a fourth, which must not be seen. The client is back after 1 s.' },
  { group: 'Endings', path: '/no-answer', title: 'No answer at all', reply: ({ response }) => response.destroy(),
    shows: 'Each attempt is cut off before an answer. Both keep trying; ours waits longer each time.' },
  { group: 'Endings', path: '/finish', title: 'A countdown, then 204', body: bodies.countdown,
    ends: ({ request }) => request.headers['last-event-id'] === '1' && { status: 204 },
    shows: 'Three events; when the client comes back it gets 204 No Content, the server’s way to say: do not come back.' },
  { group: 'Endings', path: '/204', title: '204 No Content', reply: plain(204, ''),
    shows: 'No stream: an error event and CLOSED, without another attempt.' },
  { group: 'Endings', path: '/500', title: '500 Internal Server Error', reply: plain(500, 'The server is out of order.\n'),
    shows: 'Any status but 200 fails the connection for good.' },
  { group: 'Endings', path: '/wrong-type', title: 'Wrong MIME type', reply: plain(200, 'data: not an event stream\n\n'),
    shows: 'Status 200, but text/plain: failed for good, its bytes are never read as events.' },

  { group: 'Redirects', path: '/redirect/302', title: '302 to the classic example', reply: redirect(302, () => '/stream'),
    shows: 'Redirects are followed; the source’s url stays what the page gave.' },
  { group: 'Redirects', path: '/redirect/307', title: '307 to the classic example', reply: redirect(307, () => '/stream'),
    shows: 'The same with 307 Temporary Redirect.' },
  { group: 'Redirects', path: '/redirect/other', title: '302 to another origin', reply: redirect(302, ({ otherOrigin }) => `${otherOrigin}/cors/open`),
    shows: 'The events’ origin is that of the final URL.' },

  { group: 'Another origin', path: '/cors/open', title: 'CORS without credentials', other: true, types: ['connecttime'], body: bodies.classic,
    shows: 'Access-Control-Allow-Origin: * lets every page in, so long as it sends no credentials. Tick withCredentials to see it refused.' },
  { group: 'Another origin', path: '/cors/credentials', title: 'CORS with credentials', other: true, withCredentials: true, body: bodies.cookies,
    headers: credentials,
    shows: 'The first answer sets a cookie, and the events tell whether it came back: it does with withCredentials, never without.' },
  { group: 'Another origin', path: '/cors/refused', title: 'CORS refused', other: true, body: bodies.classic, headers: () => WITHOUT_CORS,
    shows: 'A good stream, but the server does not let this page’s origin read it: failed for good.' },
  { group: 'Another origin', path: '/cors/resume', title: 'Resuming, header allowed', other: true, preflight: true, body: bodies.resume,
    shows: 'A script’s Last-Event-ID header needs the server’s leave (a preflight). This one gives it: both resume.' },
  { group: 'Another origin', path: '/cors/resume-refused', title: 'Resuming, header not allowed', other: true, body: bodies.resume,
    shows: 'This server does not answer the preflight. The browser’s own resumes; ours comes back without the id and starts anew.' },
];

/** The table as the page reads it. */
export function describeEndpoints() {
  return ENDPOINTS.map(({ group, path, title, shows, types = [], other = false, withCredentials = false }) => (
    { group, path, title, shows, types, other, withCredentials }
  ));
}

/** @param {string} path without a query */
export function endpointAt(path) {
  return ENDPOINTS.find((entry) => entry.path.split('?')[0] === path);
}

/**
 * @param {ReturnType<typeof endpointAt>} entry
 * @param {{request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, query: URLSearchParams,
 *   otherOrigin: string, live: Set<unknown>}} exchange
 */
export function answerEndpoint(entry, exchange) {
  const { request, response, query, live } = exchange;
  const { headers = () => STREAM_HEADERS, body, reply, preflight, ends } = entry;
  if (request.method === 'OPTIONS' && preflight) {
    sendText(response, 204, '', { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Last-Event-ID' });
    return;
  }
  if (request.method !== 'GET') {
    sendText(response, 405, 'An event stream is asked for by GET.\n', { Allow: 'GET' });
    return;
  }
  const ended = ends?.(exchange);
  if (ended) {
    plain(ended.status, '')(exchange);
  } else if (reply) {
    reply(exchange);
  } else {
    const lastEventId = Number(/^\d{1,9}$/.exec(request.headers['last-event-id'])?.[0] ?? 0);
    const cookie = visits(request) && `${COOKIE}=${visits(request)}`;
    sendStream(response, headers(request), (tools) => body({ ...tools, query, lastEventId, cookie }), live);
  }
}

function plain(status, text) {
  return ({ response }) => sendText(response, status, text, { 'Access-Control-Allow-Origin': '*' });
}

function redirect(status, location) {
  return (exchange) => sendText(exchange.response, status, '', { Location: location(exchange), 'Access-Control-Allow-Origin': '*' });
}

/** A cookie that counts the visits, and leave for the one origin that asks. */
function credentials(request) {
  return {
    ...WITHOUT_CORS,
    ...(request.headers.origin && { 'Access-Control-Allow-Origin': request.headers.origin }),
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
    'Set-Cookie': `${COOKIE}=${visits(request) + 1}; Path=/cors; Max-Age=600; HttpOnly; SameSite=Lax`,
  };
}

function visits(request) {
  return Number(new RegExp(`(?:^|; )${COOKIE}=(\\d{1,9})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1] ?? 0);
}
