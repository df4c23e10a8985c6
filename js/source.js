// One event source: what the page's object says of itself, and what the core reports to it (see src/web/source.rs).
// It decides nothing. After CLOSED it says nothing any more, whoever reports.

import { connect } from './core.js';
import { CLOSED, CONNECTING, OPEN } from './ready-state.js';
import * as turn from './turn.js';

// The layout of a batch: see src/event_stream/batch.rs.
const RECORD = 3;
const SAME_ID = 0xffffffff;
const NO_EVENT = 0xffffffff;

/** The page's object -> its Source. @type {WeakMap<EventTarget, Source>} */
export const sourceOf = new WeakMap();

/** The engine's own: a page's override on its object hears nothing of what the browser dispatches. */
const { dispatchEvent } = EventTarget.prototype;

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
    this.resumes = false;
    this.pageOrigin = pageOrigin();
    this.pageIsHttps = typeof location === 'object' && location.protocol === 'https:';

    /** The origin of the stream's URL, for its events. */
    this.origin = '';
    /** Ends the connection in the core, once there is one. @type {(() => void) | null} */
    this.disconnect = null;
    /** Ends its request, once there is one. @type {AbortController | null} */
    this.controller = null;
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
    const { readyState, requestUrl, lastEventId, reconnectionTime, origin } = this;
    const successor = new Source(this.target, this.url, this.withCredentials);
    Object.assign(successor, { readyState, requestUrl, lastEventId, reconnectionTime, origin, resumes: true });
    this.readyState = CLOSED;
    successor.connect();
  }

  /** The request must not outlive a lost core. */
  abandon() {
    this.disconnect = null;
    if (this.controller) this.controller.abort();
  }

  // ---- what the core reports

  requesting(controller) {
    this.controller = controller;
  }

  /** "Announce the connection." */
  opened(url) {
    if (this.readyState === CLOSED) return;
    this.requestUrl = url;
    this.origin = new URL(url).origin;
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
    console.warn(
      `eventsource-wasm: a reconnection to ${this.url} with Last-Event-ID was refused, and one without it was not, so events may be missing. ` +
        'Its Access-Control-Allow-Headers should name Last-Event-ID.',
    );
  }

  /**
   * Dispatches the events of a batch. Each is a task of its own in the Standard, so the promise jobs of one event's
   * handlers run before the next event; and a stream that never pauses leaves the page its turns. When that takes more
   * than this call, the promise tells when all is done.
   * @param {string} text
   * @param {Uint32Array} view a view of the core's memory, which page code may make move: copied
   * @returns {Promise<void> | undefined}
   */
  deliver(text, view) {
    if (this.readyState === CLOSED) return undefined;
    const lengths = view.slice();
    let record = 0;
    let position = 0;
    const cut = (length) => text.slice(position, (position += length));

    const dispatchNext = () => {
      const type = cut(lengths[record]) || 'message';
      const idLength = lengths[record + 1];
      const dataLength = lengths[record + 2];
      record += RECORD;
      if (idLength !== SAME_ID) this.lastEventId = cut(idLength);
      if (dataLength === NO_EVENT) return;
      const { origin, lastEventId } = this;
      dispatchEvent.call(this.target, new MessageEvent(type, { data: cut(dataLength), origin, lastEventId }));
    };
    const dispatchRest = async () => {
      while (record < lengths.length) {
        await (turn.isOver() ? turn.next() : undefined);
        if (this.readyState === CLOSED) return;
        dispatchNext();
      }
      // The next chunk may be there already, and comes by promise jobs too.
      if (turn.isOver()) await turn.next();
    };

    dispatchNext();
    return record < lengths.length || turn.isOver() ? dispatchRest() : undefined;
  }

  fire(type) {
    dispatchEvent.call(this.target, new Event(type));
  }
}

/** The serialized origin of the page, empty where there are none. */
function pageOrigin() {
  // A page's own variable of that name may stand in for it.
  if (typeof self === 'object' && /^(null$|[\w+.-]+:\/\/)/.test(self.origin)) return self.origin;
  return typeof location === 'object' ? location.origin : '';
}
