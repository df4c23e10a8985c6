// Turns of the event loop. Promise jobs run before anything else, so whoever goes on by them for long stops the page.

import * as jobs from 'eventsource-wasm:jobs';

/** How long to go on without a turn, in milliseconds: a frame at 60 Hz. */
const LONGEST = 16;
/** How many short steps there are from one look at the clock to the next, which costs a good part of a step. */
const STEPS_BETWEEN_LOOKS = 4;
/** Steps that take longer than this until there is a look are not short: there is one after each of them. In milliseconds. */
const SHORT = 2;
/** Who has not looked at the clock for so long had nothing to do, in milliseconds. */
const PAUSE = 4;

const clock = typeof performance === 'object' && performance.now ? performance : Date;
/**
 * Runtimes have `setImmediate`, which keeps no process alive but until it calls back, and belongs to one request (workerd).
 * Browsers have messages, and jsdom neither. Taken once: a test's fake timers are not to stop streams.
 */
const schedule = typeof setImmediate === 'function' ? setImmediate : typeof MessageChannel === 'function' ? messages() : setTimeout;
/** The time since which the page has had no turn. */
let began = 0;
/** The time of the last look. */
let looked = 0;

/** Calls back after the promise jobs that are queued by now; where there are none, in a task of its own. */
export const soon = jobs.soon || next;

/**
 * Calls `step` until it gives false, and then `done`, with promise jobs and, when it is time, a turn of the page between two calls.
 * The first one is now.
 * @param {() => boolean} step
 * @param {() => void} done
 */
export function withJobsBetween(step, done) {
  let steps = 1;
  let last = looked;
  const stepInTurn = () => {
    if (step()) {
      steps -= 1;
      if (steps) return true;
      look();
      steps = looked - last > SHORT ? 1 : STEPS_BETWEEN_LOOKS;
      last = looked;
      if (!isOver()) return true;
      next(() => jobs.withJobsBetween(stepInTurn));
    } else {
      // Who is done goes on with the next batch, which may be there already.
      inTurn(done);
    }
    return false;
  };
  jobs.withJobsBetween(stepInTurn);
}

/** Calls back now; or in a task of its own, when it is time for one. */
export function inTurn(callback) {
  look();
  if (isOver()) next(callback);
  else callback();
}

/** Calls back in a task of its own: what waited for a turn has had one by then. */
export function next(callback) {
  schedule(() => {
    look();
    began = looked;
    callback();
  });
}

/** To be called when something has come from outside: after a pause it came by a task of its own. */
export function arrive() {
  const last = looked;
  look();
  if (looked - last > PAUSE) began = looked;
}

/** Whether it was time, by the last look, to let the page have a turn. */
function isOver() {
  return looked - began > LONGEST;
}

function look() {
  looked = clock.now();
}

/** Tasks by messages to oneself. @returns {(callback: () => void) => void} */
function messages() {
  const waiting = [];
  let channel;
  return (callback) => {
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = () => waiting.shift()();
    }
    waiting.push(callback);
    channel.port2.postMessage(null);
  };
}
