// CPU time as the operating system counts it for each thread, in nanoseconds (Linux).

import { readFileSync, readdirSync } from 'node:fs';

/**
 * What a process and its descendants have used so far.
 * @param {number} root
 * @returns {Map<string, number>} nanoseconds of each of their threads
 */
export function cpuTimes(root) {
  const times = new Map();
  for (const pid of descendants(root)) {
    for (const thread of list(`/proc/${pid}/task`)) {
      const text = read(`/proc/${pid}/task/${thread}/schedstat`);
      if (text) times.set(thread, Number(text.split(' ')[0]));
    }
  }
  return times;
}

/** Seconds between two of them, of the threads that are there at the end. */
export function secondsBetween(before, after) {
  let sum = 0;
  for (const [thread, time] of after) sum += time - (before.get(thread) ?? 0);
  return sum / 1e9;
}

/** Bytes of memory that a process and its descendants have for themselves, by the arguments that these were started with. */
export function memoryOf(root, argument) {
  let sum = 0;
  for (const pid of descendants(root)) {
    if (!read(`/proc/${pid}/cmdline`).includes(argument)) continue;
    for (const [, kilobytes] of read(`/proc/${pid}/smaps_rollup`).matchAll(/^Private_\w+: +(\d+) kB/gm)) sum += Number(kilobytes) * 1024;
  }
  return sum;
}

function descendants(root) {
  const parents = new Map();
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    // The name, in parentheses, may have anything in it.
    parents.set(Number(pid), Number(read(`/proc/${pid}/stat`).split(') ').pop().split(' ')[1]));
  }
  const belongs = (pid) => pid === root || (parents.has(pid) && belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
}

/** What has ended meanwhile has nothing in it. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function list(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
