// An event stream whose bytes are there already. The core has it as that of a source whose request is answered, so that it is bounded
// and refused in the same way; no connection is made.

import { connect } from 'eventsource-wasm:load';
import { copyOf, giveBack } from '../lengths.js';
import { newId } from '../link.js';
import { LARGEST_CHUNK } from '../reading.js';
import { soon } from '../turn.js';
import { headerOf } from './attempt.js';
import { Batch } from './batch.js';
import { toDictionary } from './check.js';
import { toOptions } from './init.js';
import { REASONS, describe, makeError } from './reasons.js';

/** What bytes without a response of their own are taken for. */
const ACCEPTED = { status: 200, url: '', headers: { get: () => 'text/event-stream' } };

export class Decoder {
  /**
   * @param {{lastEventId?: string, maxEventSize?: number} | null} [init]
   * @throws {TypeError}
   */
  constructor(init) {
    const { lastEventId, maxEventSize } = toDictionary(init);
    const options = toOptions({ lastEventId, maxEventSize, retry: false });
    this.lastEventId = options.lastEventId;
    /** Milliseconds, once a `retry` field has said something. @type {number | undefined} */
    this.reconnectionTime = undefined;
    this.response = ACCEPTED;
    /** Why there is nothing more. @type {Error | null} */
    this.error = null;

    /** All but the last one of the batch that comes. @type {string[]} */
    this.pages = [];
    /** The events that have come. @type {Batch | null} */
    this.batch = null;
    /** What the messages say of theirs. @type {string | undefined} */
    this.origin = undefined;
    this.isStarted = false;
    /** Nothing more comes. */
    this.isReleased = false;
    /** The core waits for the events to be taken. */
    this.isAwaited = false;
    this.attempt = 0;
    /** Tells that it is started, or never will be. */
    this.settle = () => {};

    // What js/core.js asks for, to which it is source and link in one.
    this.source = this;
    this.link = this;
    this.id = newId();
    this.transport = 'memory';
    this.requestUrl = '';
    this.pageOrigin = '';
    /** The stream in the core. @type {object | null} */
    this.handle = null;
    /** Ends it. @type {(() => void) | null} */
    this.disconnect = null;

    // What the core asks for when it is connected.
    this.fetches = true;
    this.settings = options.settings;
  }

  /** For the console. */
  get url() {
    return this.response.url;
  }

  /** To be waited for, once. */
  start() {
    this.isStarted = true;
    return new Promise((resolve) => {
      this.settle = resolve;
      connect(this);
    });
  }

  /** Reads on, when all messages so far are taken. @param {Uint8Array} piece see `toPieces` */
  write(piece) {
    if (this.handle) this.handle.chunk(this.attempt, piece);
  }

  /** The next message that has come. */
  take() {
    const { batch } = this;
    if (!batch) return undefined;
    const message = batch.next();
    this.lastEventId = batch.lastEventId;
    if (!message) {
      this.batch = null;
      giveBack(batch.lengths);
      const isAwaited = this.isAwaited && this.handle;
      this.isAwaited = false;
      if (isAwaited) this.handle.delivered(this.attempt);
    }
    return message;
  }

  /** All messages that have come. */
  takeInto(list) {
    if (this.batch) this.batch.takeInto(list);
    for (let message = this.take(); message; message = this.take()) list.push(message);
  }

  /** Lets go of the stream. What the core would say of that is of no interest. */
  release() {
    const { disconnect } = this;
    this.isReleased = true;
    this.batch = null;
    this.forget();
    if (disconnect) disconnect();
  }

  forget() {
    this.handle = null;
    this.disconnect = null;
    this.settle();
  }

  // ---- for js/core.js

  isOver() {
    return this.isReleased || Boolean(this.error);
  }

  fail(error) {
    this.error = error;
    this.settle();
  }

  /** The core is lost, and with it what it has read. */
  abandon() {
    this.fail(makeError({ reason: 'internal', message: describe('internal') }));
    this.forget();
  }

  // ---- for the core: see src/web/source.rs and src/web/options.rs

  requesting() {}

  /** The answer is there, and comes once there is a handle. */
  fetch(attempt) {
    this.attempt = attempt;
    soon(() => {
      const { status, url, headers } = this.response;
      if (this.handle) this.handle.answered(attempt, { status, url, headers, body: { getReader: () => ({}) } });
      this.settle();
    });
  }

  retryAfter() {}

  read() {}

  cancel() {}

  /** What is no response at all has none of its facts. */
  explain() {
    this.fail(new TypeError('The response is none.'));
  }

  opened() {}

  page(text) {
    this.pages.push(text);
  }

  deliver(text, view) {
    const pages = this.pages.splice(0).concat(text);
    this.batch = new Batch(pages, copyOf(view), this.lastEventId, this.origin);
  }

  awaitDelivery() {
    this.isAwaited = true;
  }

  setReconnectionTime(milliseconds) {
    this.reconnectionTime = milliseconds;
  }

  errored(failed, number) {
    const reason = REASONS[number];
    const { status, url } = this.response;
    this.fail(makeError({ reason, message: describe(reason, status, headerOf(this.response, 'Content-Type')), status, code: status, url }));
  }
}

/** The bytes of a chunk, in pieces as the core gets them. @returns {Uint8Array[]} @throws {TypeError} */
export function toPieces(chunk) {
  const isView = ArrayBuffer.isView(chunk);
  if (!isView && Object.prototype.toString.call(chunk) !== '[object ArrayBuffer]') {
    throw new TypeError('A chunk is neither an ArrayBuffer nor a view of one.');
  }
  const bytes = isView ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : new Uint8Array(chunk);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += LARGEST_CHUNK) pieces.push(bytes.subarray(at, at + LARGEST_CHUNK));
  return pieces;
}
