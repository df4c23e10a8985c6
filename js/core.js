// The compiled core: an instance for all sources, made when the first one needs it, and replaced by a fresh one when it traps.
//
// A trap leaves an instance's memory in an unknown state, so nothing of it is used again: every call into it goes through
// a guard, which gives up the instance at the first exception and answers later calls with nothing.

import { Link } from 'eventsource-wasm:link';
import * as log from './log.js';
import { soon } from './turn.js';

/**
 * What js/load/ brings: `createGlue` makes the glue for an instance, `instantiate` an instance for such a glue.
 * @typedef {object} Engine
 * @property {() => {Handle: Function, imports: object, start: (exports: object) => void}} createGlue
 * @property {(imports: object, done: (error: Error | null, exports?: object) => void) => void} instantiate
 */

/**
 * @param {Engine} engine
 * @returns {(source: import('./source.js').Source) => void} connects a source, as soon as the core is there
 */
export function createConnect(engine) {
  /** @type {Core | null} */
  let current = null;
  /** Those to connect next; null when nothing is on its way. @type {Link[] | null} */
  let waiting = null;

  function connect(link) {
    if (waiting) {
      waiting.push(link);
      return;
    }
    waiting = [link];
    // Never in the call itself, so that its outcome does not depend on whether the core is there.
    soon(() => (current && !current.lost ? ready() : start()));
  }

  function start() {
    const core = new Core(engine.createGlue(), connect);
    engine.instantiate(core.glue.imports, (error, exports) => {
      if (error) return failed(error);
      core.start(exports);
      current = core;
      ready();
    });
  }

  function ready() {
    take().forEach((link) => current.connect(link));
  }

  /** Told once; the next source tries again. */
  function failed(error) {
    log.failedToLoad(error.message);
    take().forEach((link) => link.source.fail(error));
  }

  function take() {
    const links = waiting;
    waiting = null;
    return links;
  }

  // A decoder (js/options/decoder.js) is its own.
  return (source) => connect(source.link || new Link(source));
}

class Core {
  constructor(glue, reconnect) {
    this.glue = glue;
    /** Connects a link on another instance. */
    this.reconnect = reconnect;
    /** Those that have a connection here. @type {Link[]} */
    this.links = [];
    this.lost = false;
    /** The export of that name, without the guard: it still answers after a trap. */
    this.running = null;
  }

  start(exports) {
    this.running = exports.running;
    const guarded = {};
    Object.keys(exports).forEach((name) => {
      const value = exports[name];
      guarded[name] = typeof value === 'function' ? this.guard(value) : value;
    });
    this.glue.start(guarded);
  }

  connect(link) {
    if (this.lost) return this.reconnect(link);
    if (link.isOver()) return;
    if (!link.transport) {
      log.notSupported();
      link.source.fail();
      return;
    }
    this.links.push(link);
    const handle = new this.glue.Handle(link, link.requestUrl, link.lastEventId, link.pageOrigin);
    link.handle = handle;
    link.disconnect = () => {
      this.links = this.links.filter((each) => each !== link);
      handle.close();
      // It can't be freed while it is called, and page code that it calls may have come here.
      soon(() => handle.free());
    };
    // Its `error` handler may have closed it while it was made.
    if (link.isOver()) link.release();
  }

  /** After a trap: no call comes through any more, and the sources go on elsewhere. */
  giveUp(error) {
    this.lost = true;
    const culprit = this.running();
    const { links } = this;
    this.links = [];
    links.forEach((link) => link.abandon());
    // Not at once: functions of the lost instance may still be on the stack, and page code must not run above them.
    soon(() => {
      const trapped = links.filter((link) => link.id === culprit)[0];
      log.error(`an internal error ${trapped ? `closed the source of ${trapped.source.url}` : 'made all sources reconnect'}:`, error);
      links.forEach((link) => {
        if (link.isOver()) return;
        if (link === trapped) link.source.fail(error);
        else this.reconnect(link.successor());
      });
    });
  }

  guard(call) {
    const core = this;
    return function () {
      if (core.lost) return 0;
      try {
        return call.apply(null, arguments);
      } catch (error) {
        core.giveUp(error);
        return 0;
      }
    };
  }
}
