// One event source: what the page's object says of itself, and what the core reports to it (see src/web/source.rs).
// It decides nothing. After CLOSED it says nothing any more, whoever reports.

import { connect } from './core.js';
import { deliver } from './delivery.js';
import { makeEvent } from './event.js';
import { warn } from './log.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import { createSlot } from './slot.js';
import { originOf } from './url.js';

/** The page's object -> its Source. */
export const sourceOf = createSlot('source');

let lastId = 0;

export class Source {
  /**
   * @param {EventTarget} target the page's object
   * @param {string} url absolute
   * @param {boolean} withCredentials
   */
  constructor(target, url, withCredentials) {
    this.target = target;
    this.url = url;
    this.withCredentials = withCredentials;
    this.readyState = CONNECTING;

    // What the core asks for when it connects.
    this.id = ++lastId;
    this.requestUrl = url;
    this.lastEventId = '';
    this.reconnectionTime = undefined;
    this.wasOpen = false;
    this.pageOrigin = pageOrigin();
    this.pageIsHttps = typeof location === 'object' && location.protocol === 'https:';

    /** The origin of the stream's URL, for its events. */
    this.origin = '';
    /** Ends the connection in the core, once there is one. @type {(() => void) | null} */
    this.disconnect = null;
    /** Has an `abort()` that ends its request, once there is one. @type {{abort(): void} | null} */
    this.request = null;
    sourceOf.set(target, this);
  }

  connect() {
    connect(this);
  }

  /** `EventSource.close()` */
  close() {
    this.readyState = CLOSED;
    this.release();
  }

  /** Lets go of the connection in the core, which ends what it has under way. */
  release() {
    const { disconnect } = this;
    this.disconnect = null;
    if (disconnect) disconnect();
  }

  /** The core can't be had, or is lost by this source's fault: the reason is on the console. */
  fail() {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.fire('error');
  }

  /** The core is lost by another source's fault: a successor goes on with the page's object on a fresh one. */
  succeed() {
    if (this.readyState === CLOSED) return;
    const successor = new Source(this.target, this.url, this.withCredentials);
    ['readyState', 'requestUrl', 'lastEventId', 'reconnectionTime', 'wasOpen', 'origin'].forEach((name) => {
      successor[name] = this[name];
    });
    this.readyState = CLOSED;
    successor.connect();
  }

  /** The request must not outlive a lost core. */
  abandon() {
    this.disconnect = null;
    if (this.request) this.request.abort();
  }

  // ---- what the core reports

  requesting(request) {
    this.request = request;
  }

  /** "Announce the connection." */
  opened(url) {
    if (this.readyState === CLOSED) return;
    this.requestUrl = url;
    this.origin = originOf(url);
    this.wasOpen = true;
    this.readyState = OPEN;
    this.fire('open');
  }

  /** "Reestablish the connection", or "fail" it. */
  errored(failed) {
    if (this.readyState === CLOSED) return;
    this.readyState = failed ? CLOSED : CONNECTING;
    this.fire('error');
    if (failed) this.release();
  }

  setReconnectionTime(milliseconds) {
    this.reconnectionTime = milliseconds;
  }

  warnIdRefused() {
    warn(`${this.url} refuses Last-Event-ID across origins (Access-Control-Allow-Headers); reconnecting without it.`);
  }

  /**
   * Dispatches the events of a batch.
   * @param {string} text
   * @param {Uint32Array} view a view of the core's memory, which page code may make move: copied
   * @returns {PromiseLike<void> | undefined} when that takes more than this call, what tells when all is done
   */
  deliver(text, view) {
    return this.readyState === CLOSED ? undefined : deliver(this, text, new Uint32Array(view));
  }

  fire(type) {
    this.target.dispatchEvent(makeEvent('Event', type));
  }
}

/** The serialized origin of the page, empty where there are none. */
function pageOrigin() {
  if (typeof self === 'object' && typeof self.origin === 'string') return self.origin;
  return typeof location === 'object' ? location.origin || originOf(location.href) : '';
}
