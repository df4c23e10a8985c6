// CPU time as the operating system counts it (Linux).

import { readFileSync, readdirSync } from 'node:fs';

/** What the kernel counts in: USER_HZ, which is 100 on all of Linux's usual architectures. */
const TICKS = 100;

/** Seconds of CPU time that a process and its living descendants have used so far. @param {number} root */
export function cpuTime(root) {
  const processes = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // The name, in parentheses, may have anything in it. It may also have ended just now.
    const fields = statOf(pid)?.split(') ').pop().split(' ');
    if (fields) processes.set(Number(pid), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
  }
  const belongs = (pid) => pid === root || (processes.has(pid) && belongs(processes.get(pid).parent));
  let ticks = 0;
  for (const [pid, { ticks: own }] of processes) if (belongs(pid)) ticks += own;
  return ticks / TICKS;
}

function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
}
