// What happened at one source, in order.

export class Log {
  /** @param {string[]} types the event types to listen for beside open, message and error */
  constructor(source, types = []) {
    this.source = source;
    this.entries = [];
    this.waiting = new Set();
    const add = (event) => this.add(event);
    // The same listener twice is one, so `types` may name the first three again.
    for (const type of ['open', 'message', 'error', ...types]) source.addEventListener(type, add);
  }

  add(event) {
    const { type, data, lastEventId, origin } = event;
    this.entries.push({ type, data, lastEventId, origin, event, readyState: this.source.readyState });
    for (const check of [...this.waiting]) check();
  }

  /** The n-th entry of this type (from 1), when it is there. */
  wait(type, n = 1) {
    return this.until(() => this.entries.filter((entry) => entry.type === type)[n - 1]);
  }

  /** Whatever `find` finds, when it does, looking again after each event. */
  until(find) {
    return new Promise((resolve) => {
      const check = () => {
        const found = find();
        if (!found) return;
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  /** The types of all entries. */
  types() {
    return this.entries.map((entry) => entry.type);
  }

  /** Type and readyState of all entries, as in ['open 1', 'message 1', 'error 0']. */
  states() {
    return this.entries.map((entry) => `${entry.type} ${entry.readyState}`);
  }

  /** The messages, of whatever type: what carries data. */
  messages() {
    return this.entries.filter((entry) => entry.data !== undefined);
  }

  data() {
    return this.messages().map((entry) => entry.data);
  }
}
