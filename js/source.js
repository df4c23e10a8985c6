// One event source: what the page's object says of itself. What its connection is doing is for its Link to know (link.js),
// which comes with the core.

import { Base } from './event-target.js';
import { makeEvent } from './event.js';
import { CLOSED, CONNECTING } from './ready-state.js';
import { createSlot } from './slot.js';
import { originOf } from './url.js';

/** The page's object -> its Source. */
export const sourceOf = createSlot('source');

/** A page's override on its object hears nothing of what the browser dispatches. */
const { dispatchEvent } = Base.prototype;

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
    /** Once the core is there. @type {import('./link.js').Link | null} */
    this.link = null;
    sourceOf.set(target, this);
  }

  /** `EventSource.close()` */
  close() {
    this.readyState = CLOSED;
    if (this.link) this.link.release();
  }

  /** The core can't be had, or is lost by this source's fault: the reason is on the console. */
  fail() {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.fire('error');
  }

  /** "Fire an event named ..." @param {string} type */
  fire(type) {
    this.dispatch(makeEvent(type));
  }

  /** @param {Event} event */
  dispatch(event) {
    dispatchEvent.call(this.target, event);
  }

  /** The origin of a URL; the core's files have no parser of their own. */
  originOf(url) {
    return originOf(url);
  }
}
