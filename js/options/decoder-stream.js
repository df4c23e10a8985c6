// A transform stream of bytes to messages. It takes a chunk when the messages of the last one are read.

import { needs } from 'eventsource-wasm:load';
import { need } from '../load/needs.js';
import { createSlot } from '../slot.js';
import { Decoder, toPieces } from './decoder.js';

/** What an object has: `decoder`, `readable` and `writable`. */
const parts = createSlot('decoder stream');

export class EventStreamDecoderStream {
  /**
   * @param {{lastEventId?: string, maxEventSize?: number}} [options]
   * @throws {TypeError | DOMException} NotSupportedError where something is missing
   */
  constructor(options) {
    need(needs.concat('ReadableStream', 'WritableStream'), "construct 'EventStreamDecoderStream'");
    const decoder = new Decoder(options);
    let messages;
    let chunks;
    /** The reader has asked for more than there was. */
    let isWanted = false;
    let want = () => {};
    const drained = async () => {
      while (!isWanted || messages.desiredSize < 0) {
        await new Promise((resolve) => {
          want = resolve;
        });
      }
    };
    const pull = () => {
      isWanted = true;
      want();
    };

    const pass = async (piece) => {
      if (!decoder.isStarted) await decoder.start();
      decoder.write(piece);
      let message = decoder.take();
      if (message) {
        await drained();
        isWanted = false;
        for (; message && !decoder.isReleased; message = decoder.take()) messages.enqueue(message);
      }
      if (decoder.error) throw decoder.error;
    };

    const readable = new ReadableStream({
      start(controller) {
        messages = controller;
      },
      pull,
      cancel(reason) {
        decoder.release();
        chunks.error(reason);
        pull();
      },
    }, { highWaterMark: 0 });

    const writable = new WritableStream({
      start(controller) {
        chunks = controller;
      },
      async write(chunk) {
        try {
          for (const piece of toPieces(chunk)) await pass(piece);
        } catch (error) {
          // An error drops what is not read.
          await drained();
          decoder.release();
          messages.error(error);
          throw error;
        }
      },
      close() {
        decoder.release();
        messages.close();
      },
      abort(reason) {
        decoder.release();
        messages.error(reason);
      },
    });
    parts.set(this, { decoder, readable, writable });
  }

  get readable() {
    return partsOf(this).readable;
  }

  get writable() {
    return partsOf(this).writable;
  }

  get lastEventId() {
    return partsOf(this).decoder.lastEventId;
  }

  get reconnectionTime() {
    return partsOf(this).decoder.reconnectionTime;
  }
}

function partsOf(object) {
  const found = parts.get(object);
  if (!found) throw new TypeError('Illegal invocation');
  return found;
}
