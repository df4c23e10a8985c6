// Turns of the event loop. Promise jobs run before anything else, so whoever goes on by them for long stops the page.

/** How long to go on by promise jobs, in milliseconds: a frame at 60 Hz. */
const LONGEST = 16;

let began = 0;
let channel;
let resumed = [];

/** Whether it is time to let the page have a turn. */
export function isOver() {
  return performance.now() - began > LONGEST;
}

/** Resolves in a task of its own: what waited for a turn has had one by then. */
export function next() {
  return new Promise((resolve) => {
    resumed.push(resolve);
    if (resumed.length > 1) return;
    if (!channel) {
      channel = new MessageChannel();
      channel.port1.onmessage = begin;
    }
    channel.port2.postMessage(null);
  });
}

function begin() {
  began = performance.now();
  const all = resumed;
  resumed = [];
  for (const resume of all) resume();
}
