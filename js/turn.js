// Turns of the event loop. Promise jobs run before anything else, so whoever goes on by them for long stops the page.

import * as jobs from 'eventsource-wasm:jobs';

/** How long to go on without a turn, in milliseconds: a frame at 60 Hz. */
const LONGEST = 16;
/** How many short steps there are from one look at the clock to the next, which costs a good part of a step. */
const STEPS_BETWEEN_LOOKS = 2;
/** Steps that take longer than this until there is a look are not short: there is one after each of them. In milliseconds. */
const SHORT = 2;
/** In no more promise jobs comes what is there already: browsers take one, Node 5. */
const JOBS = 8;

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
/** How many there are until the next one: of all who go on by promise jobs. */
let steps = 1;

/** Calls back after the promise jobs that are queued by now; where there are none, in a task of its own. */
export const soon = jobs.soon || next;

/**
 * Calls `step` until it gives false, and then `done`, with promise jobs and, when it is time, a turn of the page between two calls.
 * The first one is now, or after such a turn.
 * @param {() => boolean} step
 * @param {() => void} done
 */
export function withJobsBetween(step, done) {
  const stepInTurn = () => {
    if (isOver()) {
      next(() => jobs.withJobsBetween(stepInTurn));
      return false;
    }
    if (!step()) {
      // Who is done goes on with the next batch, which may be there already.
      inTurn(done);
      return false;
    }
    steps -= 1;
    if (!steps) {
      const last = looked;
      look();
      steps = looked - last > SHORT ? 1 : STEPS_BETWEEN_LOOKS;
    }
    return true;
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
    begin();
    callback();
  });
}

/** To be called in a task of its own. */
export function begin() {
  look();
  began = looked;
}

/**
 * To be called when the engine is asked for something.
 * @returns {() => void} to be called when that has come: what promise jobs did not bring came by a task of its own
 */
export function ask() {
  let left = JOBS;
  const count = () => {
    left -= 1;
    if (left) soon(count);
  };
  soon(count);
  return () => {
    if (!left) begin();
  };
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
