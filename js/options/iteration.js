// Iterating over messages, one by one or by all that are there. What has come is taken without a wait, but that who goes on by
// promise jobs for long lets the page have its turns.

import * as turn from '../turn.js';

/** How many messages there are from one look at the clock to the next. */
const BETWEEN_LOOKS = 16;

export class Iteration {
  constructor() {
    this.taken = 0;
    /** While a result waits for its turn: who asks ahead gets theirs after it. @type {Promise<void> | null} */
    this.turn = null;
  }

  // A subclass has
  //   take()         the next message that is there, or undefined
  //   takeInto(list) all messages that are there
  //   wait()         a promise of the next result, where none is there
  //   return(value)  as iterators have it

  next() {
    if (this.turn) return this.turn.then(() => this.next());
    const value = this.take();
    if (!value) return this.wait();
    const result = { value, done: false };
    this.taken += 1;
    if (this.taken % BETWEEN_LOOKS) return Promise.resolve(result);
    this.turn = new Promise(turn.inTurn);
    return this.turn.then(() => {
      this.turn = null;
      return result;
    });
  }

  /** Iterates over lists: of the messages that are there, at least one. */
  batches() {
    const messages = this;
    const take = async () => {
      const { value, done } = await messages.next();
      if (done) return { value, done };
      const list = [value];
      messages.takeInto(list);
      return { value: list, done };
    };
    let last = Promise.resolve();
    return {
      // Who asks ahead gets one list after the other.
      next() {
        last = last.then(take, take);
        return last;
      },
      return: (value) => messages.return(value),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
