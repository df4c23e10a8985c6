// Counts what a source brought: totals, and the last minute by seconds.

import { now } from './clock.js';

const SECONDS = 60;
const SENT = /"sent":([\d.]+)/;

export class Meter {
  counts = { open: 0, message: 0, named: 0, error: 0, bytes: 0 };
  #seconds = new Map(); // second -> {events, timed, latency (the sum)}

  /** @param {Event | MessageEvent} event */
  add(event) {
    const said = 'data' in event;
    this.counts[said && event.type !== 'message' ? 'named' : event.type]++;
    if (!said) return;
    this.counts.bytes += utf8Length(event.data);
    const time = now();
    const second = this.#second(Math.floor(time / 1000));
    second.events++;
    const sent = SENT.exec(event.data);
    if (sent) {
      second.timed++;
      second.latency += Math.max(0, time - Number(sent[1]));
    }
  }

  /**
   * @returns {{rate: number[], latency: (number | null)[]}} for each full second, the oldest first: the events, and the mean
   *   of their latencies in ms (null where none was timed)
   */
  series() {
    const current = Math.floor(now() / 1000);
    const seconds = Array.from({ length: SECONDS }, (_, i) => this.#seconds.get(current - SECONDS + i));
    return {
      rate: seconds.map((second) => second?.events ?? 0),
      latency: seconds.map((second) => (second?.timed ? second.latency / second.timed : null)),
    };
  }

  #second(key) {
    let second = this.#seconds.get(key);
    if (!second) {
      second = { events: 0, timed: 0, latency: 0 };
      this.#seconds.set(key, second);
      for (const old of this.#seconds.keys()) if (old < key - SECONDS) this.#seconds.delete(old);
    }
    return second;
  }
}

/** Counted, not encoded: a fast stream asks for it many thousand times a second. */
function utf8Length(text) {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes.
    if (unit > 0x7ff) length += unit >= 0xd800 && unit <= 0xdfff ? 1 : 2;
    else if (unit > 0x7f) length += 1;
  }
  return length;
}
