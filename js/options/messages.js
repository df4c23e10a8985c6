// Iterating over a source's messages: one who iterates, and what waits for it while others are ahead.

import { check, toDictionary, toText } from './check.js';
import { Iteration } from './iteration.js';

/** While more than so many wait, no further chunk is taken from the network. */
const MOST_WAITING = 64;

export class Messages extends Iteration {
  /**
   * @param {import('./source.js').Source} source
   * @param {{types?: string[]} | null} [options] only messages of these types
   */
  constructor(source, options) {
    super();
    const { types } = toDictionary(options);
    check(types === undefined || Array.isArray(types), 'types', 'not a list of event types');
    this.types = types && new Set(types.map((type) => toText('types', type)));
    this.source = source;
    this.queue = [];
    this.position = 0;
    /** Who waits for the next message. */
    this.waiting = [];
    /** Who waits until most are taken. */
    this.draining = [];
    this.isDone = source.isOver();
    this.error = source.failure;
    if (!this.isDone) source.consumers.add(this);
  }

  wants({ type }) {
    return !this.types || this.types.has(type);
  }

  push(message) {
    if (this.isDone || !this.wants(message)) return;
    if (this.waiting.length) this.waiting.shift().resolve({ value: message, done: false });
    else this.queue.push(message);
  }

  /** A batch has come. */
  wake() {
    while (this.waiting.length) {
      const value = this.take();
      if (!value) return;
      this.waiting.shift().resolve({ value, done: false });
    }
  }

  /** Nothing more comes; what has come by then is still taken, unless the page has closed the source. */
  end(error, drops = false) {
    if (this.isDone) return;
    this.isDone = true;
    this.source.consumers.delete(this);
    if (drops) this.clear();
    else this.error = error;
    while (this.waiting.length) this.settle(this.waiting.shift());
    this.tellDrained();
  }

  settle({ resolve, reject }) {
    const { error } = this;
    this.error = undefined;
    if (error) reject(error);
    else resolve({ value: undefined, done: true });
  }

  clear() {
    this.queue = [];
    this.position = 0;
  }

  /** Most are not taken yet. */
  isBehind() {
    return !this.isDone && this.queue.length - this.position > MOST_WAITING;
  }

  /** It is behind: resolves when it is not any more. */
  drained() {
    return new Promise((resolve) => {
      this.draining.push(resolve);
    });
  }

  tellDrained() {
    if (!this.isBehind()) this.draining.splice(0).forEach((resolve) => resolve());
  }

  take() {
    if (this.position < this.queue.length) {
      const message = this.queue[this.position++];
      if (this.position === this.queue.length) this.clear();
      if (this.draining.length) this.tellDrained();
      return message;
    }
    const { link } = this.source;
    return this.isDone || !link ? undefined : link.take(this);
  }

  takeInto(list) {
    while (this.position < this.queue.length) list.push(this.take());
    const { link } = this.source;
    if (!this.isDone && link) link.takeInto(this, list);
  }

  wait() {
    return new Promise((resolve, reject) => {
      if (this.isDone) this.settle({ resolve, reject });
      else this.waiting.push({ resolve, reject });
    });
  }

  return(value) {
    const { link } = this.source;
    this.end(undefined, true);
    this.error = undefined;
    if (link && !this.source.consumers.size) link.dispatchRest();
    return Promise.resolve({ value, done: true });
  }
}
