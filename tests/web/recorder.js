// A stand-in for js/link.js that writes down what the core reports, and the tests' way to the test server.

export class Recorder {
  constructor(url, id, lastEventId) {
    Object.assign(this, { requestUrl: url, id, lastEventId, withCredentials: false, resumes: false });
    this.pageOrigin = location.origin;
    this.pageIsHttps = location.protocol === 'https:';
    this.calls = [];
    this.waiting = [];
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
