// Turns of the event loop. Promise jobs run before anything else, so whoever goes on by them for long stops the page.

/** How long to go on without a turn, in milliseconds: a frame at 60 Hz. */
const LONGEST = 16;

/** Whether the page can have promise jobs, which run between two of its tasks. */
export const hasJobs = typeof Promise === 'function';

const clock = typeof performance === 'object' && performance.now ? performance : Date;
let began = 0;
let channel;
let resumed = [];

/** Whether it is time to let the page have a turn. */
export function isOver() {
  return clock.now() - began > LONGEST;
}

/** Calls back in a task of its own: what waited for a turn has had one by then. */
export function next(callback) {
  resumed.push(callback);
  if (resumed.length > 1) return;
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = begin;
  }
  channel.port2.postMessage(null);
}

/** Calls back after the promise jobs that are queued by now; where there are none, in a task of its own. */
export function soon(callback) {
  if (hasJobs) Promise.resolve().then(callback);
  else next(callback);
}

function begin() {
  began = clock.now();
  const all = resumed;
  resumed = [];
  all.forEach((resume) => resume());
}
