// One source's link with the core: what it tells the core when it connects, what it does for the core's drivers, and what the
// core reports (see src/web/source.rs). It decides nothing. When the source is CLOSED, or linked anew, it says nothing any more.

import { send } from 'eventsource-wasm:hooks';
import { deliver } from './delivery.js';
import { global } from './global.js';
import { copyOf, giveBack } from './lengths.js';
import { warn } from './log.js';
import { Reading } from './reading.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import { settle } from './settle.js';
import { transport } from './transport.js';
import * as turn from './turn.js';
import { ViolationWatch } from './violation.js';

let lastId = 0;

/** Of a connection in the core. */
export function newId() {
  return ++lastId;
}

export class Link {
  /** @param {import('./source.js').Source} source */
  constructor(source) {
    this.source = source;
    source.link = this;

    // What the core asks for when it connects.
    this.id = newId();
    this.seed = Math.random() * 0x100000000;
    this.transport = transport();
    this.fetches = this.transport === 'fetch';
    this.withCredentials = source.withCredentials;
    this.requestUrl = source.url;
    this.lastEventId = '';
    this.reconnectionTime = undefined;
    this.resumes = false;
    this.pageOrigin = pageOrigin(source);
    this.pageIsHttps = /^https:/.test(pageHref());

    /** The origin of the stream's URL, for its events. */
    this.origin = '';
    /** The connection in the core, once there is one, while it is of use. @type {object | null} */
    this.handle = null;
    /** Ends that connection. @type {(() => void) | null} */
    this.disconnect = null;
    /** Has an `abort()` that ends its request, once there is one. @type {{abort(): void} | undefined} */
    this.request = undefined;
    /** The engine has made its response. */
    this.isNative = false;
    /** For the request that has no response yet. @type {ViolationWatch | null} */
    this.violations = null;
    /** What the core is to be told next. @type {((handle: object) => void)[]} */
    this.news = [];
    /** How many wait for their end before the core is told more: a call to it, a delivery. */
    this.busy = 0;
  }

  isOver() {
    return this.source.readyState === CLOSED || this.source.link !== this;
  }

  /** Lets go of the connection in the core, which ends what it has under way. */
  release() {
    const { disconnect } = this;
    this.forget();
    if (disconnect) disconnect();
  }

  /** The core is lost, and the request must not outlive it. */
  abandon() {
    this.forget();
    if (this.request) this.request.abort();
  }

  forget() {
    this.handle = null;
    this.disconnect = null;
    this.unwatch();
  }

  /** For a fresh core: goes on from here. */
  successor() {
    const successor = new this.constructor(this.source);
    ['requestUrl', 'lastEventId', 'reconnectionTime', 'origin'].forEach((name) => {
      successor[name] = this[name];
    });
    successor.resumes = true;
    return successor;
  }

  // ---- for the core's drivers

  requesting(url, request) {
    this.request = request;
    this.unwatch();
    this.violations = new ViolationWatch(url);
  }

  fetch(attempt, url, init) {
    if (WORKERD) encodeOnce(init.headers);
    const answered = (response) => {
      // What scripts make has the type "default".
      this.isNative = /^(basic|cors)$/.test(response && response.type);
      this.tell((handle) => {
        if (!handle.answered(attempt, response)) this.discard(response);
      });
      if (!this.handle) this.discard(response);
    };
    settle(() => send(this, url, init), answered, () => this.tell((handle) => handle.rejected(attempt)));
  }

  /** Reads on until the core no longer wants what comes. */
  read(attempt, reader) {
    new Reading(this, attempt, reader).readOn();
  }

  /** How that ends is nobody's concern. @param {ReadableStream | ReadableStreamDefaultReader} stream */
  cancel(stream) {
    const ignore = () => {};
    settle(() => stream.cancel(), ignore, ignore);
  }

  listen(attempt, request) {
    // What is refused at once says so in `send`, before the core knows the request as its own.
    this.busy += 1;
    turn.soon(() => this.finish());
    ['readystatechange', 'load', 'error', 'abort'].forEach((type, index) => {
      const news = (handle) => {
        if (handle.progressed(attempt, index)) this.news.unshift(news);
      };
      request[`on${type}`] = () => {
        turn.begin();
        this.tell(news);
      };
    });
  }

  /** The event of a violation comes before the refusal, or soon after: by the third task in all browsers. */
  explain(attempt) {
    const { violations } = this;
    let turns = 3;
    const look = () => {
      turns -= 1;
      if (turns && !violations.isSeen) setTimeout(look);
      else this.tell((handle) => handle.refused(attempt, violations.isSeen));
    };
    setTimeout(look);
  }

  /** Nobody waits for this any more: the body of a response is not to go on. @param {unknown} value */
  discard(value) {
    if (value && value.body && !value.bodyUsed) this.cancel(value.body);
  }

  /** Has the core told, in its turn. @param {(handle: object) => void} news */
  tell(news) {
    this.news.push(news);
    this.goOn();
  }

  goOn() {
    while (!this.busy && this.news.length) {
      this.busy += 1;
      const news = this.news.shift();
      if (this.handle) news(this.handle);
      this.busy -= 1;
    }
  }

  /** What has kept the core waiting is over. */
  finish() {
    this.busy -= 1;
    this.goOn();
  }

  unwatch() {
    if (this.violations) this.violations.end();
    this.violations = null;
  }

  // ---- what the core reports

  /** "Announce the connection." */
  opened(url) {
    this.unwatch();
    if (this.isOver()) return;
    this.requestUrl = url;
    try {
      this.origin = this.source.originOf(url);
    } catch {
      // Pages replace `fetch`: what it answers may have any URL.
      this.origin = '';
    }
    this.source.readyState = OPEN;
    this.source.fire('open');
    // Each event is a task: who waits for this one by a promise is there in time for the next.
    this.busy += 1;
    turn.next(() => this.finish());
  }

  /** "Reestablish the connection", or "fail" it. */
  errored(failed) {
    this.unwatch();
    if (this.isOver()) return;
    this.source.readyState = failed ? CLOSED : CONNECTING;
    this.source.fire('error');
    if (failed) this.release();
  }

  setReconnectionTime(milliseconds) {
    this.reconnectionTime = milliseconds;
  }

  warnIdRefused() {
    warn(
      `a reconnection to ${this.source.url} with Last-Event-ID was refused, and one without it was not, so events may be missing. ` +
        'Its Access-Control-Allow-Headers should name Last-Event-ID.',
    );
  }

  /**
   * Dispatches the events of a batch.
   * @param {string} text
   * @param {Uint32Array} view a view of the core's memory
   */
  deliver(text, view) {
    if (this.isOver()) return;
    this.busy += 1;
    const lengths = copyOf(view);
    deliver(this, text, lengths, () => {
      giveBack(lengths);
      this.finish();
    });
  }
}

/** workerd's fetch takes text for a header, and encodes it as UTF-8; everyone else's takes bytes. */
function encodeOnce(headers) {
  const id = headers && headers['Last-Event-ID'];
  if (id) headers['Last-Event-ID'] = decodeURIComponent(escape(id));
}

/** The serialized origin of the page, empty where there are none: outside of browsers. */
function pageOrigin(source) {
  const href = pageHref();
  if (!href) return '';
  // A page's own variable of that name may stand in for it; and where scripts have made a location of their own there is none.
  if (/^(null$|[\w+.-]+:\/\/)/.test(global.origin)) return global.origin;
  return location.origin || source.originOf(href);
}

/** The page's URL, empty where there is none. */
function pageHref() {
  return (global.location && location.href) || '';
}
