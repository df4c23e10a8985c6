// A scenario of the test server (tests/server.mjs), from the test's side: short words for its steps, and what it has recorded.

export const END = { end: true };

// A break may overtake the bytes before it: let the test see those first (`wait`).
export const DROP = { drop: 'close' };
export const RESET = { drop: 'reset' };

export const wait = (name) => ({ wait: name });
export const echo = (header) => ({ echo: header });

/** Bytes that are no text, or one after the other. */
export function bytes(list) {
  return { bytes: [...list] };
}

/** A response; its steps may be strings, which are written. */
export function answer(status, headers, ...steps) {
  return [{ head: { status, headers } }, ...steps.map((step) => (typeof step === 'string' ? { write: step } : step))];
}

// As servers are advised to say it; Chromium 64 goes on reading what XMLHttpRequest has aborted, if it may store it.
const HEADERS = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };

/** An event stream. It stays open unless a step ends it. */
export function stream(...steps) {
  return answer(200, HEADERS, ...steps);
}

/** An event stream for every origin, or with more headers of the test's. */
export function sharedStream(headers, ...steps) {
  return answer(200, { ...HEADERS, 'Access-Control-Allow-Origin': '*', ...headers }, ...steps);
}

/** A failure for good. (PhantomJS takes one without a body for a network error.) */
export const SERVER_ERROR = answer(500, {}, 'failed', END);

/** The status that tells a source to stop. */
export const GONE = answer(204, {}, END);

export class Scenario {
  /**
   * @param {object} host
   * @param {any[]} responses, and at last, if need be, the options {preflight, last}
   */
  static async register(host, responses) {
    const options = Array.isArray(responses[responses.length - 1]) ? {} : responses.pop();
    const { id, path } = await host.transport('POST', `${host.controlOrigin}/scenarios`, { responses, ...options });
    return new Scenario(host, id, path);
  }

  constructor(host, id, path) {
    this.host = host;
    this.control = `${host.controlOrigin}/scenarios/${id}`;
    this.path = path;
    this.url = host.origin + path;
    this.otherUrl = host.otherOrigin + path;
  }

  /** Waits until `count` requests have come; all that are there by then. */
  async requests(count = 0) {
    return (await this.reached(`requests=${count}`)).requests;
  }

  /** Waits until the connections of `count` requests are closed; all requests. */
  async closed(count) {
    return (await this.reached(`closed=${count}`)).requests;
  }

  /** Waits until `count` preflights have come; all of them. */
  async preflights(count = 0) {
    return (await this.reached(`preflights=${count}`)).preflights;
  }

  async reached(wanted) {
    for (;;) {
      const record = await this.host.transport('GET', `${this.control}?${wanted}`);
      if (record.reached) return record;
    }
  }

  signal(name) {
    return this.host.transport('POST', `${this.control}/signals/${encodeURIComponent(name)}`);
  }

  forget() {
    return this.host.transport('POST', `${this.control}/forget`);
  }
}
