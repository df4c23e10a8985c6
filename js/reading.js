// Reading a response's body: its chunks on their way to the core.

import { end } from 'eventsource-wasm:hooks';
import { settle } from './settle.js';
import * as turn from './turn.js';

/** Browsers give megabytes at once. In smaller pieces, events come sooner, and the memory for one piece serves them all. */
export const LARGEST_CHUNK = 0x10000;
/** An engine that gives so many bytes of a response at once holds all that is not read, and makes no server wait (Firefox, WebKit). */
const HOLDS_ALL = 0x400000;
/** WebKit takes time with the square of what it holds. Where an engine would hold it anyway, so many bytes wait here instead. */
const MOST_AHEAD = 0x4000000;
/** What a chunk counts for at least: it takes memory of its own. */
const LEAST = 0x2000;

/** What the engine does. */
let holdsAll = false;

export class Reading {
  /**
   * @param {import('./link.js').Link} link
   * @param {number} attempt
   * @param {ReadableStreamDefaultReader} reader
   */
  constructor(link, attempt, reader) {
    this.link = link;
    this.attempt = attempt;
    this.reader = reader;
    /** Chunks that the core does not have yet, or not all of the first one. @type {Uint8Array[]} */
    this.chunks = [];
    /** Their bytes, about. */
    this.waiting = 0;
    this.isReading = false;
    /** Tells the core how it has ended, when it has. @type {((handle: object) => void) | null} */
    this.end = null;
  }

  /** Asks for a chunk. The next one is on its way while the events of one are dispatched. */
  readOn() {
    const mayRead = !this.waiting || (this.readsAhead() && this.waiting < MOST_AHEAD);
    if (this.isReading || this.end || !this.link.handle || !mayRead) return;
    this.isReading = true;
    const come = turn.ask();
    const take = (result) => {
      // What a script makes may take its time over promise jobs.
      if (this.link.isNative) come();
      this.take(result);
    };
    settle(() => this.reader.read(), take, (cause = new Error('no reason given')) => this.finish(cause));
  }

  take(result) {
    // Pages replace `fetch`: what gives no bytes has ended.
    const bytes = result && result.value;
    if (!isBytes(bytes)) return this.finish(bytes && new TypeError('A chunk is no Uint8Array.'));
    this.isReading = false;
    this.waiting += weigh(bytes);
    if (bytes.length > HOLDS_ALL && this.link.isNative) holdsAll = true;
    if (this.chunks.push(bytes) === 1) this.passOn(0);
    // At once, before the engine holds more. It gives chunks by tasks of its own, so the page has its turns.
    if (this.readsAhead()) this.readOn();
  }

  /** Not what a script makes: that may wait. */
  readsAhead() {
    return holdsAll && this.link.isNative;
  }

  finish(cause) {
    this.end = (handle) => end(this.link, handle, this.attempt, cause);
    if (!this.chunks.length) this.link.tell(this.end);
  }

  /** Gives the core the first chunk from there on, piece by piece, and what comes then. */
  passOn(start) {
    const bytes = this.chunks[0];
    const next = start + LARGEST_CHUNK;
    this.link.tell((handle) => {
      // The core no longer wants what comes, and ends the request.
      if (!handle.chunk(this.attempt, bytes.subarray(start, next))) return;
      // Pieces without events give the page no turn by themselves.
      turn.inTurn(() => {
        if (next < bytes.length) {
          this.passOn(next);
          return;
        }
        this.chunks.shift();
        this.waiting -= weigh(bytes);
        this.readOn();
        if (this.chunks.length) this.passOn(0);
        else if (this.end) this.link.tell(this.end);
      });
    });
  }
}

function weigh({ length }) {
  return Math.max(length, LEAST);
}

/** Of any realm. */
function isBytes(value) {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}
