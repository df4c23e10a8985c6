// The streams of the server, by the kind that their query asks for. Each stays open when all is written.

import { sinceEpoch } from './page/clock.js';
import { NUMBERED, makePayload, numbered } from './page/payloads.js';

/** Bytes of one write. */
const WRITE = 64 * 1024;
const offset = sinceEpoch();

/** @type {Record<string, (query: Record<string, string>, response: import('node:http').ServerResponse) => void>} */
export const STREAMS = { payload, unique, ticks, heartbeats, single };

/** That many events of a payload, whole cycles, as fast as the socket takes them. */
function payload({ payload: name, events }, response) {
  const cycle = cycleOf(name);
  const total = (cycle.length * events) / cycle.events;
  let written = 0;
  writeAll(response, () => {
    const begin = written % cycle.length;
    const length = Math.min(WRITE, total - written);
    written += length;
    return length ? cycle.buffer.subarray(begin, begin + length) : null;
  });
}

const cycles = {};

/** The bytes of a payload's cycle, and of the beginning of the next one. */
function cycleOf(name) {
  if (!cycles[name]) {
    const { events, bytes } = makePayload(name);
    cycles[name] = { events: events.length, length: bytes.length, buffer: Buffer.concat([bytes, bytes.subarray(0, WRITE)]) };
  }
  return cycles[name];
}

/** That many events, each with its number. */
function unique({ events }, response) {
  const most = WRITE / NUMBERED;
  const template = Buffer.from(`data: ${numbered(0)}\n\n`.repeat(most));
  const firstDigit = 'data: '.length;
  const digits = numbered(0).search(/[^0]/);
  let number = 0;
  writeAll(response, () => {
    const count = Math.min(most, events - number);
    if (!count) return null;
    const buffer = Buffer.from(template.subarray(0, count * NUMBERED));
    for (let index = 0; index < count; index += 1, number += 1) {
      // The last digit first.
      for (let left = number, at = index * NUMBERED + firstDigit + digits - 1; left; left = Math.floor(left / 10), at -= 1) buffer[at] += left % 10;
    }
    return buffer;
  });
}

/** An event each so many milliseconds, with the time when it is written. */
function ticks({ every, events }, response) {
  let left = Number(events);
  const write = () => {
    response.write(`data: ${offset + performance.now()}\n\n`);
    left -= 1;
    if (left === 0) clearInterval(timer);
  };
  const timer = setInterval(write, Number(every));
  response.on('close', () => clearInterval(timer));
  write();
}

/** A comment each so many milliseconds. */
function heartbeats({ every }, response) {
  const timer = setInterval(() => response.write(':\n\n'), Number(every));
  response.on('close', () => clearInterval(timer));
  response.flushHeaders();
}

/** A small event, and one of so many bytes, in writes of that many; of 1 to 64 in turn for 0. */
function single({ bytes, write }, response) {
  const text = Buffer.alloc(8 + Number(bytes), 'x');
  text.write('data: ');
  text.write('\n\n', text.length - 2);
  let written = 0;
  let number = 0;
  response.write('data: x\n\n');
  writeAll(response, () => {
    number += 1;
    const begin = written;
    written = Math.min(text.length, written + (Number(write) || ((number * 37) % 64) + 1));
    return begin < text.length ? text.subarray(begin, written) : null;
  }, write < WRITE);
}

/**
 * Writes what `next` gives, until that is null.
 * @param {boolean} [apart] each in a turn of its own, so that small writes stay small
 */
function writeAll(response, next, apart = false) {
  const write = () => {
    for (let piece = next(); piece && !response.closed; piece = next()) {
      if (!response.write(piece)) return response.once('drain', write);
      if (apart) return setImmediate(write);
    }
    return undefined;
  };
  write();
}
