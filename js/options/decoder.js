// An event stream whose bytes are there already. The core has it as that of a source whose request is answered, so that it is bounded
// and refused in the same way; no connection is made.

import { engine } from 'eventsource-wasm:load';
import { LARGEST_CHUNK } from '../link.js';
import { Batch } from './batch.js';
import { toOptions } from './init.js';
import { REASONS, describe, makeError } from './reasons.js';

/** What bytes without a response of their own are taken for. */
const ACCEPTED = { status: 200, url: '', headers: { get: () => 'text/event-stream' } };

export class Decoder {
  /**
   * @param {{lastEventId?: string, maxEventSize?: number}} options
   * @throws {TypeError}
   */
  constructor({ lastEventId, maxEventSize }) {
    const options = toOptions({ lastEventId, maxEventSize, retry: false });
    this.lastEventId = options.lastEventId;
    /** Milliseconds, once a `retry` field has said something. @type {number | undefined} */
    this.reconnectionTime = undefined;
    this.response = ACCEPTED;
    /** Why there is nothing more. @type {Error | null} */
    this.error = null;

    /** The events that have come. @type {Batch | null} */
    this.batch = null;
    /** The core waits for these to be taken. */
    this.isAwaited = false;
    /** What the messages say of theirs. @type {string | undefined} */
    this.origin = undefined;
    /** @type {Core | null} */
    this.core = null;
    this.handle = null;
    this.attempt = 0;
    /** Nothing more comes. */
    this.isReleased = false;

    // What the core asks for.
    this.id = 1;
    this.fetches = true;
    this.settings = options.settings;
  }

  get isStarted() {
    return Boolean(this.core);
  }

  /** To be waited for, once. */
  async start() {
    this.core = await new Promise(getCore);
    if (this.isReleased) return;
    this.call((Handle) => {
      this.handle = new Handle(this, '', this.lastEventId, '');
      const { status, url, headers } = this.response;
      this.handle.answered(this.attempt, { status, url, headers, body: { getReader: () => ({}) } });
    });
  }

  /** Reads on, when all messages so far are taken. @param {Uint8Array} piece see `toPieces` */
  write(piece) {
    if (this.handle) this.call(() => this.handle.chunk(this.attempt, piece));
  }

  /** The next message that has come. */
  take() {
    const { batch } = this;
    if (!batch) return undefined;
    const message = batch.next();
    this.lastEventId = batch.lastEventId;
    if (!message) {
      this.batch = null;
      if (this.isAwaited) this.call(() => this.handle.delivered(this.attempt));
    }
    return message;
  }

  /** Lets go of the stream. What the core would say of that is of no interest. */
  release() {
    const { handle } = this;
    this.isReleased = true;
    this.batch = null;
    this.handle = null;
    if (!handle) return;
    this.call(() => {
      handle.close();
      handle.free();
    });
  }

  call(act) {
    try {
      this.core.call(act);
    } catch (error) {
      this.error = error;
    }
  }

  // ---- for the core: see src/web/source.rs and src/web/options.rs

  requesting() {}

  fetch(attempt) {
    this.attempt = attempt;
  }

  retryAfter() {}

  read() {}

  cancel() {}

  opened() {}

  deliver(text, view) {
    this.batch = new Batch(text, new Uint32Array(view), this.lastEventId, this.origin);
  }

  awaitDelivery() {
    this.isAwaited = true;
  }

  setReconnectionTime(milliseconds) {
    this.reconnectionTime = milliseconds;
  }

  errored(failed, number) {
    const reason = REASONS[number];
    const { status, url, headers } = this.response;
    this.error = makeError({ reason, message: describe(reason, status, headers.get('Content-Type')), status, code: status, url });
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

/** An instance of the core, for all decoders. */
class Core {
  constructor(Handle) {
    this.Handle = Handle;
    /** What it has thrown: a trap leaves its memory in an unknown state, so nothing of it is used again. @type {Error | null} */
    this.trap = null;
  }

  call(act) {
    if (this.trap) throw this.trap;
    try {
      act(this.Handle);
    } catch (error) {
      this.trap = error;
      throw error;
    }
  }
}

/** @type {Core | null} */
let current = null;

function getCore(resolve, reject) {
  if (current && !current.trap) {
    resolve(current);
    return;
  }
  const glue = engine.createGlue();
  engine.instantiate(glue.imports, (error, exports) => {
    if (error) {
      reject(error);
      return;
    }
    glue.start(exports);
    current = new Core(glue.Handle);
    resolve(current);
  });
}
