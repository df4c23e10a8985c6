// A batch of events as messages for those that iterate, cut one by one. (js/delivery.js cuts one for listeners.)

import { NO_EVENT, RECORD, SAME } from '../delivery.js';

export class Batch {
  /**
   * @param {string[]} pages of the text: see src/web/options.rs
   * @param {Uint32Array} lengths
   * @param {string} lastEventId what the stream's was before
   * @param {string} [origin] what the messages say of theirs, if anything
   */
  constructor(pages, lengths, lastEventId, origin) {
    this.pages = pages;
    this.lengths = lengths;
    this.lastEventId = lastEventId;
    this.origin = origin;
    this.record = 0;
    /** Which page is under way. */
    this.number = 0;
    this.page = pages[0];
    /** How much of it is taken. */
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
    let { length } = list;
    // Room for all of them at once: growing step by step takes as long as making them.
    list.length += (this.lengths.length - this.record) / RECORD;
    for (let message = this.next(); message; message = this.next()) list[length++] = message;
    list.length = length;
  }

  cut(length) {
    const { page, position } = this;
    const end = position + length;
    if (end > page.length) return this.cutAcross(length);
    this.position = end;
    return page.slice(position, end);
  }

  /** What goes on over the end of its page. */
  cutAcross(length) {
    let text = this.page.slice(this.position);
    while (text.length < length) {
      this.number += 1;
      this.page = this.pages[this.number];
      this.position = length - text.length;
      text += this.page.slice(0, this.position);
    }
    return text;
  }

  /** What has not been taken, as text and lengths of a batch. Its first record says what the type is by then. */
  rest() {
    const { pages, number, lengths, record, type } = this;
    const rest = new Uint32Array(RECORD + lengths.length - record);
    rest.set([NO_EVENT, type.length, SAME]);
    rest.set(lengths.subarray(record), RECORD);
    return [type + this.page.slice(this.position) + pages.slice(number + 1).join(''), rest];
  }
}
