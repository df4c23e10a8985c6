// The compiled core: loaded once, when the first source needs it, and replaced by a fresh instance when one traps.
//
// A trap leaves an instance's memory in an unknown state, so nothing of it is used again: every call into it goes through
// a guard, which gives up the instance at the first exception and answers later calls with nothing.

import { load } from 'eventsource-wasm:load';
import { refused } from './load/refused.js';
import { CLOSED } from './ready-state.js';

/** The instance for new sources, or its coming. @type {Promise<Core> | null} */
let current = null;

/**
 * Connects a source as soon as the core is there.
 * @param {import('./source.js').Source} source
 */
export async function connect(source) {
  let core;
  try {
    core = await (current = current || start());
  } catch {
    return source.fail();
  }
  core.connect(source);
}

/** Loads the core and makes an instance. A failure is told once, and the next source tries again. */
async function start() {
  try {
    const { createGlue, module, file } = await load();
    const core = new Core();
    core.glue = createGlue(core.guardedWebAssembly());
    // Some engines compile what their page's policy forbids, and refuse it only here.
    await core.glue({ module_or_path: module }).catch(refused(file));
    return core;
  } catch (error) {
    current = null;
    console.error(`eventsource-wasm: the core can't be loaded: ${error.message}${hint(error.message)}`);
    throw error;
  }
}

function hint(message) {
  return /unsafe-eval|code generation|content security/i.test(message)
    ? " (The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.)"
    : '';
}

class Core {
  constructor() {
    /** The sources that have a connection here. */
    this.sources = new Set();
    this.glue = null;
    this.lost = false;
    /** The export of that name, without the guard: it still answers after a trap. */
    this.running = null;
  }

  connect(source) {
    if (this.lost) return connect(source);
    if (source.readyState === CLOSED) return;
    this.sources.add(source);
    const handle = new this.glue.Handle(source);
    source.disconnect = () => {
      this.sources.delete(source);
      handle.free();
    };
    // Its `error` handler may have closed it while it was made.
    if (source.readyState === CLOSED) source.release();
  }

  /** After a trap: no call comes through any more, and the sources go on elsewhere. */
  giveUp(error) {
    this.lost = true;
    current = null;
    const culprit = this.running();
    const sources = Array.from(this.sources);
    this.sources.clear();
    for (const source of sources) source.abandon();
    // Not at once: functions of the lost instance may still be on the stack, and page code must not run above them.
    Promise.resolve().then(() => {
      const trapped = sources.find((source) => source.id === culprit);
      console.error(`eventsource-wasm: an internal error ${trapped ? `closed the source of ${trapped.url}` : 'made all sources reconnect'}:`, error);
      for (const source of sources) {
        if (source === trapped) source.fail();
        else source.succeed();
      }
    });
  }

  /** `WebAssembly` for the glue: its instances' functions are guarded. */
  guardedWebAssembly() {
    return {
      Instance: WebAssembly.Instance,
      instantiate: async (module, imports) => {
        const instance = await WebAssembly.instantiate(module, imports);
        this.running = instance.exports.running;
        return { module, instance: { exports: this.guarded(instance.exports) } };
      },
    };
  }

  guarded(exports) {
    const guarded = {};
    for (const name of Object.keys(exports)) {
      const value = exports[name];
      guarded[name] = typeof value === 'function' ? this.guard(value) : value;
    }
    return guarded;
  }

  guard(call) {
    return (...args) => {
      if (this.lost) return 0;
      try {
        return call(...args);
      } catch (error) {
        this.giveUp(error);
        return 0;
      }
    };
  }
}
