// The compiled core: loaded once, when the first source needs it, and replaced by a fresh instance when one traps.
//
// A trap leaves an instance's memory in an unknown state, so nothing of it is used again: every call into it goes through
// a guard, which gives up the instance at the first exception and answers later calls with nothing.

import { load } from 'eventsource-wasm:load';
import * as log from './log.js';
import { CLOSED } from './ready-state.js';
import { soon } from './turn.js';

/**
 * What js/load/ brings: `createGlue` makes the glue for an instance, `instantiate` an instance for such a glue.
 * @typedef {object} Engine
 * @property {() => {Handle: Function, imports: object, start: (exports: object) => void}} createGlue
 * @property {(imports: object, done: (error: Error | null, exports?: object) => void) => void} instantiate
 */

/** The instance for new sources. @type {Core | null} */
let current = null;
/** The sources that wait for one; null while none is on its way. @type {import('./source.js').Source[] | null} */
let waiting = null;

/**
 * Connects a source as soon as the core is there.
 * @param {import('./source.js').Source} source
 */
export function connect(source) {
  if (waiting) {
    waiting.push(source);
    return;
  }
  waiting = [source];
  // Never in the call itself, so that its outcome does not depend on whether the core is there.
  soon(() => (current ? ready(current) : start()));
}

function ready(core) {
  const sources = waiting;
  waiting = null;
  current = core;
  sources.forEach((source) => core.connect(source));
}

/** A failure is told once, and the next source tries again. */
function failed(error) {
  const sources = waiting;
  waiting = null;
  log.error(`the core can't be loaded: ${error.message}`);
  sources.forEach((source) => source.fail());
}

/** Loads the core and makes an instance. */
function start() {
  load((error, engine) => {
    if (error) return failed(error);
    const core = new Core(engine.createGlue());
    engine.instantiate(core.glue.imports, (reason, exports) => {
      if (reason) return failed(reason);
      core.start(exports);
      ready(core);
    });
  });
}

class Core {
  constructor(glue) {
    this.glue = glue;
    /** The sources that have a connection here. @type {import('./source.js').Source[]} */
    this.sources = [];
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

  connect(source) {
    if (this.lost) return connect(source);
    if (source.readyState === CLOSED) return;
    this.sources.push(source);
    const handle = new this.glue.Handle(source);
    source.disconnect = () => {
      this.sources = this.sources.filter((each) => each !== source);
      handle.free();
    };
    // Its `error` handler may have closed it while it was made.
    if (source.readyState === CLOSED) source.release();
  }

  /** After a trap: no call comes through any more, and the sources go on elsewhere. */
  giveUp(error) {
    this.lost = true;
    if (current === this) current = null;
    const culprit = this.running();
    const { sources } = this;
    this.sources = [];
    sources.forEach((source) => source.abandon());
    // Not at once: functions of the lost instance may still be on the stack, and page code must not run above them.
    soon(() => {
      sources.forEach((source) => {
        if (source.id === culprit) {
          log.error(`an internal error closed the source of ${source.url}:`, error);
          source.fail();
        } else {
          source.succeed();
        }
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
