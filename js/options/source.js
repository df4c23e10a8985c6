// A source with the options: what its object says of itself beyond the Standard, and what ends it.

import { CLOSED } from '../ready-state.js';
import { Source as StandardSource } from '../source.js';
import { makeEvent } from '../event.js';
import { describe, makeError } from './reasons.js';

export class Source extends StandardSource {
  constructor(target, url, options) {
    super(target, url, options.withCredentials);
    this.options = options;
    /** Those that iterate. @type {Set<import('./messages.js').Messages>} */
    this.consumers = new Set();
    /** Somebody has added a listener for messages. */
    this.isHeard = false;
    /** Of the next `open` or `error`. */
    this.details = {};
    this.isPaused = options.pauses && typeof document === 'object' && document.hidden;
    /** Begins, where it was not begun at once. @type {(() => void) | null} */
    this.connect = null;
    this.cleanUps = [];
    /** Why there are no more messages. @type {Error | undefined} */
    this.failure = undefined;
    const { signal } = options;
    if (options.pauses && typeof document === 'object') this.listen(document, 'visibilitychange', () => this.seen(!document.hidden));
    if (signal) this.listen(signal, 'abort', () => this.close());
    if (signal && signal.aborted) this.close();
  }

  listen(target, type, listener) {
    target.addEventListener(type, listener);
    this.cleanUps.push(() => target.removeEventListener(type, listener));
  }

  /** The page is seen, or hidden. */
  seen(isSeen) {
    this.isPaused = !isSeen;
    if (isSeen && this.connect) {
      this.connect();
      this.connect = null;
    } else if (this.link) {
      this.link.pauseOrResume();
    }
  }

  get lastEventId() {
    return this.link ? this.link.lastEventId : this.options.lastEventId;
  }

  /** Milliseconds. */
  get reconnectionTime() {
    const { initial = 3000 } = this.options;
    return (this.link && this.link.reconnectionTime) ?? initial;
  }

  /** Somebody listens for messages. */
  hear() {
    if (this.isHeard) return;
    this.isHeard = true;
    if (this.link) this.link.dispatchRest();
  }

  /** Connects anew, at once; what is CLOSED stays so. */
  reconnect() {
    if (this.link) this.link.tell((handle) => handle.reconnect());
  }

  close() {
    const isOver = this.isOver();
    super.close();
    if (!isOver) this.end(undefined, true);
  }

  fail(cause) {
    if (this.isOver()) return;
    const reason = 'internal';
    this.details = { reason, message: describe(reason), willRetry: false, cause };
    // Whatever the event's listeners do, this is how it ends.
    this.end(makeError({ url: this.url, ...this.details }));
    super.fail();
  }

  /**
   * Nothing comes any more.
   * @param {Error} [error] why
   * @param {boolean} [drops] what has come is not wanted, either
   */
  end(error, drops) {
    this.failure = error;
    this.cleanUps.splice(0).forEach((cleanUp) => cleanUp());
    this.consumers.forEach((consumer) => consumer.end(error, drops));
  }

  fire(type) {
    const event = makeEvent(type);
    const { details } = this;
    Object.keys(details).forEach((name) => {
      Object.defineProperty(event, name, { value: details[name], enumerable: true, configurable: true });
    });
    this.dispatch(event);
  }

  isOver() {
    return this.readyState === CLOSED;
  }
}
