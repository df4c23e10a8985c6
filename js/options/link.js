// A link with the options: sends what the caller has sent along, asks the caller, and says why.

import { copyOf, giveBack } from '../lengths.js';
import { Link as StandardLink } from '../link.js';
import { report } from '../report.js';
import * as turn from '../turn.js';
import { Attempt } from './attempt.js';
import { Batch } from './batch.js';
import { REASONS, describe, makeError } from './reasons.js';
import { merge, withId } from './request.js';
import { toResponse } from './response.js';
import { chosenTransport } from './transport.js';

const LAST_EVENT_ID = 'Last-Event-ID';
/** Engines take much else for a date. */
const DATE = /^[A-Z][a-z]{2}, .* GMT$/;
/** What no header's value may have, by https://httpwg.org/specs/rfc9110.html#fields.values: an id may. */
const CONTROL = /[^\t\x20-\x7e\x80-\uffff]/;

export class Link extends StandardLink {
  constructor(source) {
    super(source);
    const { options } = source;
    this.options = options;
    this.settings = options.settings;
    this.lastEventId = options.lastEventId;
    this.reconnectionTime = options.initial;
    this.transport = chosenTransport(options);
    this.fetches = this.transport === 'fetch';
    /** How many requests there were since the last `open`. */
    this.attempts = 0;
    /** The last one. */
    this.attempt = new Attempt(0, null);
    this.timer = undefined;
    /** There was an id to send. */
    this.hadId = false;
    /** The caller's last decision was not to try again. */
    this.isDeclined = false;
    /** All but the last one of the batch that comes. @type {string[]} */
    this.pages = [];
    /** What those that iterate have not taken yet, while nobody listens. @type {Batch | null} */
    this.batch = null;
    /** What the core waits for until a delivery is done. @type {((handle: object) => void) | null} */
    this.due = null;
  }

  forget() {
    clearTimeout(this.timer);
    this.batch = null;
    super.forget();
  }

  // ---- for the core's drivers

  requesting(url, request) {
    super.requesting(this.addressed(url), request);
  }

  fetch(number, url, init) {
    if (init.method !== 'HEAD') this.begin(new Attempt(number, null));
    super.fetch(number, url, init);
  }

  async send(url, init) {
    const { attempt, options } = this;
    const call = options.fetch || fetch;
    Object.assign(init, options.request);
    if (init.method === 'HEAD') return call(url, init);
    try {
      init.method = options.method;
      [init.headers, init.body] = await this.own(init.headers, url);
      if (init.signal && init.signal.aborted) throw init.signal.reason;
      attempt.response = toResponse(await call(this.addressed(url), init));
      return attempt.response;
    } catch (error) {
      attempt.cause = error;
      throw error;
    }
  }

  listen(number, request) {
    this.begin(new Attempt(number, request));
    super.listen(number, request);
  }

  async sendOwn(number, request, url, id) {
    const { attempt } = this;
    try {
      const standard = { Accept: 'text/event-stream' };
      if (id !== undefined) standard[LAST_EVENT_ID] = id;
      if (!this.isForeign(url) && /^http/.test(url)) standard['Cache-Control'] = 'no-cache';
      const [headers, body] = await this.own(standard, url);
      if (this.isOver() || this.request !== request) return;
      request.open(this.options.method, this.addressed(url));
      request.withCredentials = this.withCredentials;
      request.overrideMimeType('text/plain;charset=utf-8');
      Object.keys(headers).forEach((name) => request.setRequestHeader(name, headers[name]));
      request.send(body);
    } catch (error) {
      attempt.cause = error;
      this.explain(number);
    }
  }

  /** A request begins. */
  begin(attempt) {
    this.attempts += 1;
    this.attempt = attempt;
  }

  /** Why the body of that attempt has broken off. */
  blame(number, cause) {
    if (this.attempt.number === number) this.attempt.cause = cause;
  }

  /** Headers and body of this attempt. */
  async own(standard, url) {
    const { options } = this;
    // In the query it needs no preflight, and may be any.
    if (options.query && (this.isForeign(url) || CONTROL.test(this.lastEventId))) delete standard[LAST_EVENT_ID];
    return [merge(standard, await options.headers()), await options.body()];
  }

  addressed(url) {
    const { lastEventId, options: { query } } = this;
    // What a URL says is not ours, until there is an id.
    this.hadId = this.hadId || Boolean(lastEventId);
    return query && this.hadId ? withId(url, query, lastEventId) : url;
  }

  isForeign(url) {
    return Boolean(this.pageOrigin) && this.source.originOf(url) !== this.pageOrigin;
  }

  /** Milliseconds. There is a response. https://httpwg.org/specs/rfc9110.html#field.retry-after */
  retryAfter() {
    this.attempt.answer();
    const value = this.attempt.header('Retry-After');
    const time = DATE.test(value) ? Date.parse(value) - Date.now() : NaN;
    const milliseconds = /^\d+$/.test(value) ? value * 1000 : time;
    return milliseconds > 0 ? Math.min(milliseconds, 0x7fffffff) : undefined;
  }

  watch(attempt, milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell((handle) => handle.watched(attempt)), milliseconds);
  }

  async ask(attempt, reason, willRetry) {
    let answer;
    try {
      answer = await this.options.when(this.error({ ...this.loss(reason), willRetry }));
    } catch (error) {
      report(error);
    }
    const retries = answer === undefined ? undefined : Boolean(answer);
    this.isDeclined = retries === false;
    this.tell((handle) => handle.decided(attempt, retries));
  }

  pauseOrResume() {
    this.tell((handle) => (this.source.isPaused ? handle.pause() : handle.resume()));
  }

  awaitDelivery(attempt) {
    this.due = (handle) => handle.delivered(attempt);
  }

  // ---- for those that iterate

  page(text) {
    this.pages.push(text);
  }

  /** Where nobody else is there, messages are made when they are asked for, and no events. */
  deliver(text, view) {
    const { source } = this;
    const pages = this.pages.splice(0).concat(text);
    if (this.isOver() || source.isHeard || !source.consumers.size) {
      super.deliver(pages.join(''), view);
      return;
    }
    this.busy += 1;
    this.batch = new Batch(pages, copyOf(view), this.lastEventId, this.origin);
    source.consumers.forEach((consumer) => consumer.wake());
  }

  /** The next message that the consumer wants, if it has come. The others have what it takes to take yet. */
  take(consumer) {
    const { batch, source: { consumers } } = this;
    if (!batch) return undefined;
    for (let message = batch.next(); message; message = batch.next()) {
      this.lastEventId = batch.lastEventId;
      if (consumers.size > 1) consumers.forEach((other) => other === consumer || other.push(message));
      if (consumer.wants(message)) return message;
    }
    this.lastEventId = batch.lastEventId;
    this.batch = null;
    giveBack(batch.lengths);
    turn.soon(() => this.finish());
    return undefined;
  }

  /** All messages that the consumer wants, of those that have come. */
  takeInto(consumer, list) {
    const { batch, source: { consumers } } = this;
    if (batch && consumers.size === 1 && !consumer.types) batch.takeInto(list);
    for (let message = this.take(consumer); message; message = this.take(consumer)) list.push(message);
  }

  /** Somebody listens from now on, or nobody iterates any more: what has not been taken goes on as events. */
  dispatchRest() {
    const { batch } = this;
    if (!batch) return;
    this.batch = null;
    // Not in the call of a page.
    turn.soon(() => {
      this.busy -= 1;
      super.deliver(...batch.rest());
    });
  }

  /** When those that iterate have taken most of what there is. */
  finish() {
    if (this.due) this.news.unshift(this.due);
    this.due = null;
    const { consumers } = this.source;
    if (!consumers.size) {
      super.finish();
      return;
    }
    const behind = Array.from(consumers).filter((consumer) => consumer.isBehind());
    const goOn = () => turn.inTurn(() => super.finish());
    if (behind.length) Promise.all(behind.map((consumer) => consumer.drained())).then(goOn);
    else goOn();
  }

  // ---- what the core reports

  opened(url) {
    const { response } = this.attempt;
    const headers = response.getAllResponseHeaders ? parse(response.getAllResponseHeaders()) : response.headers;
    this.source.details = { status: response.status, headers, url, attempt: this.attempts };
    this.attempts = 0;
    super.opened(url);
    if (this.settings.startsOver) this.requestUrl = this.source.url;
    if (this.source.isPaused) this.pauseOrResume();
  }

  errored(failed, number, retryIn) {
    clearTimeout(this.timer);
    const details = { ...this.loss(number), willRetry: !failed, retryIn };
    this.source.details = details;
    // Whatever the event's listeners do, this is how it ends.
    if (failed && !this.isOver()) this.source.end(this.endsWithBody(details) ? undefined : this.error(details));
    super.errored(failed);
    if (this.source.isPaused) this.pauseOrResume();
  }

  /** The end of the body is all that was wanted: nobody would have it again. */
  endsWithBody({ reason }) {
    return reason === 'stream-ended' && (!this.settings.retries || this.isDeclined);
  }

  loss(number) {
    const reason = REASONS[number];
    const { attempt, attempt: { status, cause } } = this;
    return { status, code: status, reason, message: describe(reason, status, attempt.header('Content-Type')), cause };
  }

  error(details) {
    return makeError({ url: this.source.url, ...details });
  }
}

/** The headers that an XMLHttpRequest tells. */
function parse(text) {
  const headers = new Headers();
  text.trim().split(/[\r\n]+/).forEach((line) => {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1));
  });
  return headers;
}
