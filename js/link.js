// One source's link with the core: what it tells the core when it connects, and what the core reports (see
// src/web/source.rs). It decides nothing. When the source is CLOSED, or linked anew, it says nothing any more.

import { deliver } from './delivery.js';
import { warn } from './log.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';

let lastId = 0;

export class Link {
  /** @param {import('./source.js').Source} source */
  constructor(source) {
    this.source = source;
    source.link = this;

    // What the core asks for when it connects.
    this.id = ++lastId;
    this.withCredentials = source.withCredentials;
    this.requestUrl = source.url;
    this.lastEventId = '';
    this.reconnectionTime = undefined;
    this.resumes = false;
    this.pageOrigin = pageOrigin(source);
    this.pageIsHttps = typeof location === 'object' && location.protocol === 'https:';

    /** The origin of the stream's URL, for its events. */
    this.origin = '';
    /** Ends the connection in the core, once there is one. @type {(() => void) | null} */
    this.disconnect = null;
    /** Has an `abort()` that ends its request, once there is one. @type {{abort(): void} | null} */
    this.request = null;
  }

  isOver() {
    return this.source.readyState === CLOSED || this.source.link !== this;
  }

  /** Lets go of the connection in the core, which ends what it has under way. */
  release() {
    const { disconnect } = this;
    this.disconnect = null;
    if (disconnect) disconnect();
  }

  /** The core is lost, and the request must not outlive it. */
  abandon() {
    this.disconnect = null;
    if (this.request) this.request.abort();
  }

  /** For a fresh core: goes on from here. */
  successor() {
    const successor = new Link(this.source);
    ['requestUrl', 'lastEventId', 'reconnectionTime', 'origin'].forEach((name) => {
      successor[name] = this[name];
    });
    successor.resumes = true;
    return successor;
  }

  // ---- what the core reports

  requesting(request) {
    this.request = request;
  }

  /** "Announce the connection." */
  opened(url) {
    if (this.isOver()) return;
    this.requestUrl = url;
    this.origin = this.source.originOf(url);
    this.source.readyState = OPEN;
    this.source.fire('open');
  }

  /** "Reestablish the connection", or "fail" it. */
  errored(failed) {
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
   * @param {Uint32Array} view a view of the core's memory, which page code may make move: copied
   * @returns {PromiseLike<void> | undefined} when that takes more than this call, what tells when all is done
   */
  deliver(text, view) {
    return this.isOver() ? undefined : deliver(this, text, new Uint32Array(view));
  }
}

/** The serialized origin of the page, empty where there are none. */
function pageOrigin(source) {
  // A page's own variable of that name may stand in for it.
  if (typeof self === 'object' && /^(null$|[\w+.-]+:\/\/)/.test(self.origin)) return self.origin;
  return typeof location === 'object' ? location.origin || source.originOf(location.href) : '';
}
