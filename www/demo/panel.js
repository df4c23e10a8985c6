// One panel: a source, from its construction to its close, and all that is shown of it.

import { Log } from './log.js';
import { Meter } from './meter.js';
import { bars, line } from './plot.js';
import { Absent } from './sources.js';

const STATES = ['CONNECTING', 'OPEN', 'CLOSED'];
/** More paints than this a second would cost a fast stream its time and show no one anything. */
const PAINT_MS = 80;

export class Panel {
  /** The names of the events to listen for, beside message. */
  types = [];
  #element;
  #log;
  #meter = new Meter();
  #rate;
  #latency;
  #opened = null; // what the construction gave: source, checks, dispose
  #turn = 0; // counts the openings, so that one that was overtaken while it waited shows nothing
  #painting = false;
  #painted = 0;

  /**
   * @param {HTMLElement} parent
   * @param {{id: string, name: string, note: string}} labels
   */
  constructor(parent, { id, name, note }) {
    this.#element = document.querySelector('#panel').content.firstElementChild.cloneNode(true);
    this.#element.id = id;
    this.#element.setAttribute('aria-label', name);
    this.#part('name').textContent = name;
    this.note = note;
    this.#log = new Log(this.#part('log'));
    this.#part('log').setAttribute('aria-label', `Event log: ${name}`);
    this.#rate = bars(this.#part('plots'), 'Events per second');
    this.#latency = line(this.#part('plots'), 'Latency');
    parent.append(this.#element);
    this.#paint();
  }

  /** What stands under the name. */
  set note(text) {
    this.#part('note').textContent = text;
  }

  /** What is wrong, for all to see; empty when nothing is. */
  set notice(text) {
    this.#part('notice').textContent = text;
    this.#part('notice').hidden = !text;
  }

  /**
   * Closes what is open, then opens anew.
   * @param {import('./sources.js').Construct} construct
   * @param {string} url
   * @param {{withCredentials: boolean}} init
   */
  async open(construct, url, init) {
    this.#leave();
    const turn = this.#turn;
    this.clear();
    this.#checks(undefined);
    this.notice = '';
    let opened;
    try {
      opened = await construct(url, init);
    } catch (error) {
      if (turn === this.#turn) this.#failed(error, url);
      return;
    }
    if (turn !== this.#turn) {
      opened.source.close();
      opened.dispose?.();
      return;
    }
    this.#opened = opened;
    this.#listen(opened.source);
    this.#checks(opened.checks);
    this.#log.say(`new EventSource('${url}'${init.withCredentials ? ', { withCredentials: true }' : ''})`);
    this.#schedule();
  }

  close() {
    this.#turn++;
    if (!this.#opened || this.#opened.source.readyState === 2) return;
    this.#opened.source.close();
    this.#log.say('close()');
    this.#schedule();
  }

  /** Empties the log, the counters and the plots; the source stays. */
  clear() {
    this.#log.clear();
    this.#meter = new Meter();
    this.#schedule();
  }

  /** The plots' numbers of the last minute. */
  series() {
    return this.#meter.series();
  }

  /** @param {ReturnType<Meter['series']>} series @param {{rate: number, latency: number}} scale the plots' upper ends */
  draw(series, scale) {
    const { rate, latency } = series;
    this.#rate.draw(rate, scale.rate, whole(rate.at(-1)));
    const last = latency.findLast((value) => value !== null);
    const { message, named } = this.#meter.counts;
    this.#latency.draw(
      latency,
      scale.latency,
      last === undefined ? '' : `${last < 10 ? last.toFixed(2) : whole(last)} ms`,
      message + named ? 'these events carry no time of sending' : '',
    );
  }

  #listen(source) {
    for (const type of ['open', 'message', 'error', ...this.types]) {
      source.addEventListener(type, (event) => {
        this.#meter.add(event);
        this.#log.add(event, source.readyState);
        this.#schedule();
      });
    }
  }

  #leave() {
    this.#turn++;
    this.#opened?.source.close();
    this.#opened?.dispose?.();
    this.#opened = null;
  }

  #failed(error, url) {
    if (error instanceof Absent) {
      this.notice = error.message;
      this.#checks(error.checks);
    } else {
      this.#log.say(`new EventSource('${url}') threw ${error.name}: ${error.message}`);
    }
    this.#schedule();
  }

  #checks(checks) {
    this.#part('checks').hidden = !checks;
    if (!checks) return;
    const { before, after } = checks;
    this.#part('check').textContent = after === undefined ? before : `${before}, then polyfill.js, then ${after}`;
  }

  #schedule() {
    if (this.#painting) return;
    this.#painting = true;
    const wait = Math.max(0, this.#painted + PAINT_MS - performance.now());
    setTimeout(() => requestAnimationFrame(() => this.#paint()), wait);
  }

  #paint() {
    this.#painting = false;
    this.#painted = performance.now();
    const source = this.#opened?.source;
    const state = this.#part('state');
    const text = source ? `${source.readyState} ${STATES[source.readyState]}` : 'no source';
    // Written only when it changes: a live region is read out at each write.
    if (state.textContent !== text) state.textContent = text;
    state.dataset.state = source ? STATES[source.readyState] : '';
    this.#part('url').textContent = source?.url ?? '–';
    this.#part('credentials').textContent = source?.withCredentials ?? '–';
    for (const [name, count] of Object.entries(this.#meter.counts)) {
      this.#element.querySelector(`[data-count=${name}]`).textContent = name === 'bytes' ? size(count) : whole(count);
    }
    this.#part('log-hint').textContent = this.#log.paint();
  }

  #part(name) {
    return this.#element.querySelector(`[data-part=${name}]`);
  }
}

function whole(number) {
  return Math.round(number).toLocaleString('en');
}

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log10(bytes || 1) / 3), units.length - 1);
  const number = bytes / 1000 ** power;
  return `${power && number < 100 ? number.toFixed(1) : Math.round(number)} ${units[power]}`;
}
