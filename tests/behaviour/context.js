// What a test is given: the class under test, the server's scenarios, and an end at which all it opened is closed.

import { Log } from './log.js';
import { END, Scenario, stream } from './scenario.js';

export class Context {
  constructor(host) {
    this.host = host;
    this.EventSource = host.EventSource;
    /** What the entry with options exports. */
    this.entry = host.entry;
    this.cleanups = [];
  }

  /** Registers a scenario of these responses (an options object may come last). */
  async scenario(...responses) {
    const scenario = await Scenario.register(this.host, responses);
    this.cleanups.push(() => scenario.forget());
    return scenario;
  }

  /** A source at this URL, and the log of what happens there. */
  open(url, init, types) {
    return new Log(this.keep(new this.EventSource(url, init)), types);
  }

  /** Has the source closed at the end of the test. */
  keep(source) {
    this.cleanups.push(() => source.close());
    return source;
  }

  /** A source that is closed already: for what needs no connection. */
  idle(Class = this.EventSource) {
    const source = new Class(`${this.host.origin}/idle`);
    source.close();
    return source;
  }

  /** Waits for an exception that reaches the global's error event and has this text in it; gives the ErrorEvent. */
  uncaught(text) {
    return this.host.errors.expect(text);
  }

  /**
   * Returns when a new source has got a message that was sent after this call: whatever had been under way for other
   * sources has come by then. It makes "nothing more comes" a fact of order rather than of time.
   */
  async fence() {
    const scenario = await this.scenario(stream('data: fence\n\n'));
    const log = this.open(scenario.url);
    await log.wait('message');
    log.source.close();
  }

  /** Returns when a new source, told to reconnect at once, has done so three times: who meant to reconnect has done it too. */
  async reconnections() {
    const once = stream('retry: 1\ndata: again\n\n', END);
    const scenario = await this.scenario(once, once, once, stream('data: done\n\n'));
    const log = this.open(scenario.url);
    await log.wait('message', 4);
    log.source.close();
  }

  async end() {
    for (const cleanup of this.cleanups.reverse()) await cleanup();
  }
}
