// What stays in memory, by the DevTools protocol, after the garbage is collected: Chromium's alone.

import { NUMBERED } from './page/payloads.js';
import { SUBJECTS } from './page/subjects.js';
import { memoryOf } from './processes.mjs';
import { inRounds } from './rounds.mjs';
import { table } from './table.mjs';

const MIB = 1024 * 1024;
const HUGE = 32 * MIB;
const WARM_UP = 1e4;
const MILLION = 1e6;
const GIGABYTE = 1e9 / NUMBERED;
const EVERY = 1000;

export const title = `MiB of heap that are there after a million events with the stream open; MiB after every ${EVERY}th event's data of 1 GB of `
  + 'small events is kept; MiB of WebAssembly memory at first, after an event of 32 MiB, and when the stream is closed';

/**
 * Once: it is no matter of speed. What is kept is measured with the native class and the builds.
 * @param {import('./rounds.mjs').Context} context
 */
export async function measure({ browser, ...context }) {
  const once = { ...context, browser, rounds: 1 };
  const used = async (page) => {
    // A second time for what the first has let go of.
    await page.send('HeapProfiler.collectGarbage');
    await page.send('HeapProfiler.collectGarbage');
    // The strings that the browser makes are in its backing storage; WebAssembly's memories are not.
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await page.send('Runtime.getHeapUsage');
    const heap = usedSize + embedderHeapUsedSize + backingStorageSize;
    return { heap, process: memoryOf(browser.pid, '--type=renderer') };
  };
  const since = (before, after) => ({ heap: after.heap - before.heap, process: after.process - before.process });
  return inRounds(once, 'memory', context.subjects, async (page, subject) => {
    const { kind } = SUBJECTS[subject];
    await page.evaluate(`bench.load('${subject}')`);
    await page.evaluate(`bench.hold(${WARM_UP}).then(bench.release)`);
    const start = await used(page);
    await page.evaluate(`bench.hold(${MILLION})`);
    const open = since(start, await used(page));
    await page.evaluate('bench.release()');
    let wasm = null;
    let kept = null;
    if (kind === 'ours') {
      const first = await page.evaluate('bench.wasmBytes()');
      await page.evaluate(`bench.holdHuge(${HUGE})`);
      const huge = await page.evaluate('bench.wasmBytes()');
      await page.evaluate('bench.release()');
      await page.evaluate(`bench.hold(${WARM_UP}).then(bench.release)`);
      wasm = { first, huge, closed: await page.evaluate('bench.wasmBytes()') };
    }
    if (kind === 'ours' || kind === 'native') {
      const before = await used(page);
      await page.evaluate(`bench.hold(${GIGABYTE}, ${EVERY})`);
      kept = since(before, await used(page));
      await page.evaluate('bench.release()');
    }
    return { open, kept, wasm };
  });
}

export function show(results, titles) {
  const mib = (bytes) => (bytes === undefined ? '-' : (bytes / MIB).toFixed(2));
  return table(
    ['', 'heap', 'process', 'kept: heap', 'process', 'wasm', '32 MiB', 'closed'],
    results.map(({ subject, wrong, values: [{ open, kept, wasm } = {}] }) => [
      titles[subject],
      ...(wrong ? Array(7).fill('wrong') : [open.heap, open.process, kept?.heap, kept?.process, wasm?.first, wasm?.huge, wasm?.closed].map(mib)),
    ]),
  );
}
