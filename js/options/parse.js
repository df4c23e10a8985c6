// Messages of a response, a body, or bytes that are there already.

import { needs } from 'eventsource-wasm:load';
import { need } from '../load/needs.js';
import * as turn from '../turn.js';
import { originOf } from '../url.js';
import { Decoder, toPieces } from './decoder.js';
import { Iteration } from './iteration.js';
import { isResponse, toReader } from './response.js';

/**
 * Interprets an event stream.
 * @param {Response | ReadableStream | AsyncIterable<BufferSource> | BufferSource | string} input
 * @param {{lastEventId?: string, maxEventSize?: number}} [options]
 * @throws {TypeError | DOMException} NotSupportedError where something is missing
 */
export function parse(input, options) {
  need(typeof input === 'string' ? needs.concat('TextEncoder') : needs, "execute 'parse'");
  return new Parsed(input, options);
}

class Parsed extends Iteration {
  constructor(input, options) {
    super();
    this.decoder = new Decoder(options);
    if (isResponse(input)) {
      const { status, url, headers, bodyUsed } = input;
      if (bodyUsed) throw new TypeError('The body of the response has been read.');
      this.decoder.response = { status, url, headers };
      this.decoder.origin = originOfResponse(input);
    }
    this.reader = toReader(isResponse(input) ? input.body : input);
    /** What is read and not decoded. @type {Uint8Array[]} */
    this.pieces = [];
    /** How many wait: they read one after the other. */
    this.waiting = 0;
    this.last = Promise.resolve();
  }

  get lastEventId() {
    return this.decoder.lastEventId;
  }

  get reconnectionTime() {
    return this.decoder.reconnectionTime;
  }

  take() {
    return this.waiting ? undefined : this.decoder.take();
  }

  takeInto(list) {
    if (!this.waiting) this.decoder.takeInto(list);
  }

  wait() {
    const result = this.last.then(() => this.read());
    const isRead = () => {
      this.waiting -= 1;
    };
    this.waiting += 1;
    this.last = result.then(isRead, isRead);
    return result;
  }

  async read() {
    const { decoder } = this;
    try {
      while (!decoder.isReleased) {
        const value = decoder.take();
        if (value) return { value, done: false };
        if (decoder.error) throw decoder.error;
        await this.readOn();
      }
    } catch (error) {
      this.end();
      throw error;
    }
    return { value: undefined, done: true };
  }

  async readOn() {
    const { decoder } = this;
    if (!decoder.isStarted) {
      await decoder.start();
    } else if (this.pieces.length) {
      decoder.write(this.pieces.shift());
      // What is in memory gives no turn by itself.
      await new Promise(turn.inTurn);
    } else {
      const { value, done } = await this.reader.read();
      // An event that is unfinished is discarded.
      if (done) this.end();
      else this.pieces = toPieces(value);
    }
  }

  /** Nothing more is read. */
  end() {
    this.pieces = [];
    this.decoder.release();
    // How that ends is nobody's concern.
    Promise.resolve(this.reader.cancel()).catch(() => {});
  }

  return(value) {
    if (!this.decoder.isReleased) this.end();
    return Promise.resolve({ value, done: true });
  }
}

/** Undefined for what comes from nowhere. */
function originOfResponse({ url }) {
  try {
    return originOf(url);
  } catch {
    return undefined;
  }
}
