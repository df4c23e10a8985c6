// The table of the endpoints: what the page offers and what is answered, in one place. It knows no server: the demo's own
// (../server/) and the stand-in for one (../stand-in/) both carry out the answers.

import * as bodies from './bodies.js';
import { chat, questionsOf } from './chat.js';

/** The headers of the classic example; every stream here starts from them. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache',
  Connection: 'keep-alive',
  'Access-Control-Allow-Origin': '*',
};
const { 'Access-Control-Allow-Origin': _, ...WITHOUT_CORS } = STREAM_HEADERS;
const TEXT_HEADERS = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
const COOKIE = 'demo_visits';
// Both seen in Chromium 156.
const CHROMIUM_ID = 'Chromium does not show a service worker the id that its own EventSource sends, so there that one starts anew.';
const CHROMIUM_BREAK = 'Where a service worker’s stream breaks, Chromium’s own is CLOSED now and then.';

/**
 * `path` is what the page opens, its query included; the first entry of a path answers it.
 * `shows` says what a person sees. `types` are the events' names. `other`: to be opened at the other origin, and
 * `withCredentials` so. `leaves`: it leads to the other origin. `workerNote` is to be
 * known where a service worker answers. An entry has a `body` (a stream; `headers` replace the classic
 * ones, `preflight` lets Last-Event-ID through, `ends` answers in place of the body when it gives something) or a `reply`.
 */
const ENDPOINTS = [
  { group: 'Basics', path: '/stream', title: 'The classic example', types: ['connecttime'], body: bodies.classic,
    shows: 'A retry of 10 s, an event “connecttime” with the date, then a message with the date each second.' },
  { group: 'Basics', path: '/named', title: 'Named events', types: ['add', 'change', 'remove'], body: bodies.named,
    shows: 'Events named add, change and remove reach the listeners of their names; onmessage sees just the one without a name.' },
  { group: 'Basics', path: '/resume', title: 'Ids and resuming', body: bodies.resume,
    shows: 'The server ends the stream after three events. The client is back after 1 s, says the last id it saw (Last-Event-ID), and nothing is lost or doubled.',
    workerNote: CHROMIUM_ID },
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
    shows: 'The socket is torn down after three events and half of a fourth, which must not be seen. The client is back after 1 s.',
    workerNote: CHROMIUM_BREAK },
  { group: 'Endings', path: '/no-answer', title: 'No answer at all', reply: () => null,
    shows: 'Each attempt is cut off before an answer. Both keep trying; ours waits longer each time.' },
  { group: 'Endings', path: '/finish', title: 'A countdown, then 204', body: bodies.countdown,
    ends: ({ lastEventId }) => lastEventId === '1' && text(204, ''),
    shows: 'Three events; when the client comes back it gets 204 No Content, the server’s way to say: do not come back.',
    workerNote: CHROMIUM_ID },
  { group: 'Endings', path: '/204', title: '204 No Content', reply: () => text(204, ''),
    shows: 'No stream: an error event and CLOSED, without another attempt.' },
  { group: 'Endings', path: '/500', title: '500 Internal Server Error', reply: () => text(500, 'The server is out of order.\n'),
    shows: 'Any status but 200 fails the connection for good.' },
  { group: 'Endings', path: '/wrong-type', title: 'Wrong MIME type', reply: () => text(200, 'data: not an event stream\n\n'),
    shows: 'Status 200, but text/plain: failed for good, its bytes are never read as events.' },

  { group: 'Redirects', path: '/redirect/302', title: '302 to the classic example', reply: ({ base }) => redirect(302, `${base}stream`),
    shows: 'Redirects are followed; the source’s url stays what the page gave.' },
  { group: 'Redirects', path: '/redirect/307', title: '307 to the classic example', reply: ({ base }) => redirect(307, `${base}stream`),
    shows: 'The same with 307 Temporary Redirect.' },
  { group: 'Redirects', path: '/redirect/other', title: '302 to another origin', leaves: true, reply: ({ otherOrigin }) => redirect(302, `${otherOrigin}/cors/open`),
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

/** What the page's second tab asks: none of the list to choose from. */
const CHAT = { path: '/chat', method: 'POST',
  reply: async (asked) => {
    const questions = questionsOf(await asked.text());
    if (!questions) return text(400, 'A conversation is expected, in JSON: {"messages": [{"role": "user", "content": "…"}]}\n');
    return { status: 200, headers: STREAM_HEADERS, body: (tools) => chat({ ...tools, questions }) };
  } };

/** The table as the page reads it. */
export function describeEndpoints() {
  return ENDPOINTS.map(describe);
}

/** The same where no server answers, so that there is no other origin either. */
export function describeWithoutServer() {
  return ENDPOINTS.filter(({ other, leaves }) => !other && !leaves)
    .map((entry) => describe({ ...entry, shows: [entry.shows, entry.workerNote].filter(Boolean).join(' ') }));
}

function describe({ group, path, title, shows, types = [], other = false, withCredentials = false }) {
  return { group, path, title, shows, types, other, withCredentials };
}

/**
 * @typedef {object} Asked a request
 * @property {string} method
 * @property {() => Promise<string>} text the body
 * @property {URLSearchParams} query
 * @property {string} lastEventId the header; empty without one
 * @property {string} cookie the header; empty without one
 * @property {string} origin the header; empty without one
 * @property {string} base the path that the endpoints' paths start from, with a slash at its end
 * @property {string} otherOrigin
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {string} [text] all of the body; or
 * @property {(tools: {sleep: (ms: number) => Promise<void>, every: (ms: number) => AsyncIterable<void>})
 *   => AsyncIterable<string | Uint8Array | symbol>} [body] a stream of its pieces, and `DROP` to break it off
 */

/**
 * @param {string} path without a query, from the base's slash on
 * @param {Asked} asked
 * @returns {Answer | null | undefined | Promise<Answer>} null: cut off without an answer; undefined: there is no such endpoint
 */
export function answerEndpoint(path, asked) {
  const entry = [...ENDPOINTS, CHAT].find((entry) => entry.path.split('?')[0] === path);
  if (!entry) return undefined;
  const { method = 'GET', headers = () => STREAM_HEADERS, body, reply, preflight, ends } = entry;
  if (asked.method === 'OPTIONS' && preflight) {
    return text(204, '', { 'Access-Control-Allow-Headers': 'Last-Event-ID' });
  }
  if (asked.method !== method) return text(405, `This event stream is asked for by ${method}.\n`, { Allow: method });
  const ended = ends?.(asked);
  if (ended) return ended;
  if (reply) return reply(asked);
  const given = {
    query: asked.query,
    lastEventId: Number(/^\d{1,9}$/.exec(asked.lastEventId)?.[0] ?? 0),
    cookie: visits(asked) && `${COOKIE}=${visits(asked)}`,
  };
  return { status: 200, headers: headers(asked), body: (tools) => body({ ...tools, ...given }) };
}

function text(status, text, headers) {
  return { status, headers: { ...TEXT_HEADERS, 'Access-Control-Allow-Origin': '*', ...headers }, text };
}

function redirect(status, location) {
  return text(status, '', { Location: location });
}

/** A cookie that counts the visits, and leave for the one origin that asks. */
function credentials(asked) {
  return {
    ...WITHOUT_CORS,
    ...(asked.origin && { 'Access-Control-Allow-Origin': asked.origin }),
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
    'Set-Cookie': `${COOKIE}=${visits(asked) + 1}; Path=/cors; Max-Age=600; HttpOnly; SameSite=Lax`,
  };
}

function visits({ cookie }) {
  return Number(new RegExp(`(?:^|; )${COOKIE}=(\\d{1,9})(?:;|$)`).exec(cookie)?.[1] ?? 0);
}
