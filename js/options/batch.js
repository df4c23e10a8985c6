// A batch of events as messages for those that iterate, cut one by one. (js/delivery.js cuts one for listeners.)

import { NO_EVENT, RECORD, SAME } from '../delivery.js';

/** A string that is cut keeps all of what it was cut from, so the text is cut in two steps: pages of so many UTF-16 units are copied. */
const PAGE = 1024;

export class Batch {
  /**
   * @param {string} text
   * @param {Uint32Array} lengths
   * @param {string} lastEventId what the stream's was before
   * @param {string} [origin] what the messages say of theirs, if anything
   */
  constructor(text, lengths, lastEventId, origin) {
    this.text = text;
    this.lengths = lengths;
    this.lastEventId = lastEventId;
    this.origin = origin;
    this.record = 0;
    /** In the text, where the page ends. */
    this.end = 0;
    this.page = '';
    /** How much of the page is taken. */
    this.position = 0;
    this.type = 'message';
  }

  /** @returns {object | undefined} the next message, while there is one */
  next() {
    const { lengths, origin } = this;
    while (this.record < lengths.length) {
      const { record } = this;
      const data = lengths[record] === NO_EVENT ? null : this.cut(lengths[record]);
      if (lengths[record + 1] !== SAME) this.type = this.cut(lengths[record + 1]) || 'message';
      if (lengths[record + 2] !== SAME) this.lastEventId = this.cut(lengths[record + 2]);
      this.record += RECORD;
      const { type, lastEventId } = this;
      if (data !== null) return origin === undefined ? { type, data, lastEventId } : { type, data, origin, lastEventId };
    }
    return undefined;
  }

  /** All messages that are left. */
  takeInto(list) {
    for (let message = this.next(); message; message = this.next()) list.push(message);
  }

  cut(length) {
    if (this.position + length > this.page.length) this.turnPage(length);
    return this.page.slice(this.position, (this.position += length));
  }

  /** What is left of the page comes first on the next one. */
  turnPage(length) {
    const start = this.end - this.page.length + this.position;
    this.end = Math.min(this.text.length, start + Math.max(length, PAGE));
    // Joining copies.
    this.page = ` ${this.text.slice(start, this.end)}`.slice(1);
    this.position = 0;
  }

  /** What has not been taken, as text and lengths of a batch. Its first record says what the type is by then. */
  rest() {
    const { text, lengths, record, type } = this;
    const rest = new Uint32Array(RECORD + lengths.length - record);
    rest.set([NO_EVENT, type.length, SAME]);
    rest.set(lengths.subarray(record), RECORD);
    return [type + text.slice(this.end - this.page.length + this.position), rest];
  }
}
