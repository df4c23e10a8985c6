// The exceptions that nobody caught. A test that makes one says so; any other is a failure of the run.

export class Errors {
  constructor() {
    this.expected = [];
    this.strays = [];
  }

  /** Resolves with what the host reports, once it reports an exception with this text. */
  expect(text) {
    return new Promise((resolve) => this.expected.push({ text, resolve }));
  }

  /** The host reports one: its message, and the event that told. */
  report(message, event) {
    const index = this.expected.findIndex(({ text }) => message.includes(text));
    if (index < 0) this.strays.push(message);
    else this.expected.splice(index, 1)[0].resolve(event);
  }

  unexpected() {
    return this.strays;
  }
}
