// A stand-in for js/link.js that does what the drivers ask for and writes down what the core reports; and the tests' way to the
// test server.

export class Recorder {
  constructor(id, fetches) {
    Object.assign(this, { id, fetches, seed: 1, withCredentials: false, resumes: false });
    this.pageOrigin = location.origin;
    this.pageIsHttps = location.protocol === 'https:';
    this.handle = null;
    this.calls = [];
    this.waiting = [];
  }

  connected(handle) {
    this.handle = handle;
  }

  close() {
    this.handle.close();
    this.handle.free();
    this.handle = null;
  }

  record(name, ...values) {
    this.calls.push({ name, values: values.map(String) });
    this.waiting = this.waiting.filter((check) => !check());
  }

  /** The calls, as soon as there are so many of this name. */
  until(name, count) {
    return new Promise((resolve) => {
      const check = () => {
        const there = this.calls.filter((call) => call.name === name).length >= count;
        if (there) resolve(this.calls);
        return there;
      };
      if (!check()) this.waiting.push(check);
    });
  }

  requesting() {}
  fetch(attempt, url, init) {
    fetch(url, init).then((response) => this.handle?.answered(attempt, response), () => this.handle?.rejected(attempt));
  }
  async read(attempt, reader) {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done || !this.handle?.chunk(attempt, value)) break;
      }
    } catch {
      // It has broken off.
    }
    this.handle?.ended(attempt);
  }
  cancel(reader) {
    reader.cancel().catch(() => {});
  }
  listen(attempt, request) {
    ['readystatechange', 'load', 'error', 'abort'].forEach((type, index) => {
      request.addEventListener(type, () => {
        while (this.handle?.progressed(attempt, index));
      });
    });
  }
  explain(attempt) {
    setTimeout(() => this.handle?.refused(attempt, false));
  }

  opened(url) {
    this.record('opened', url);
  }
  deliver(text, lengths) {
    this.record('deliver', text, Array.from(lengths).join());
  }
  setReconnectionTime(milliseconds) {
    this.reconnectionTime = milliseconds;
    this.record('setReconnectionTime', milliseconds);
  }
  errored(failed) {
    this.record('errored', failed);
  }
  warnIdRefused() {
    this.record('warnIdRefused');
  }
}

export async function transport(method, url, body) {
  const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'omit' });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
