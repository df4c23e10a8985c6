// Runs steps one after the other, and ends the process with a summary.

import { setUp } from './setup.mjs';

/**
 * @param {string} command how the user calls it
 * @param {import('./setup.mjs').Need[]} needs what is set up first
 * @param {[name: string, test: () => Promise<unknown>, needs?: import('./setup.mjs').Need[]][]} table the steps, each with what it needs on top
 * @param {string[]} wanted the names of those to run; all when there are none
 */
export async function runSteps(command, needs, table, wanted) {
  const unknown = wanted.filter((name) => !table.some(([step]) => step === name));
  if (unknown.length) {
    console.error(`${command}: there is no step ${unknown.join(', ')}; there are ${table.map(([step]) => step).join(', ')}`);
    process.exit(2);
  }
  const steps = table.filter(([step]) => !wanted.length || wanted.includes(step));
  try {
    await setUp([...new Set([...needs, ...steps.flatMap(([, , more = []]) => more)])]);
  } catch (error) {
    console.error(`${command}: ${error.message}`);
    process.exit(1);
  }

  const results = [];
  for (const [step, test] of steps) {
    console.log(`\n=== ${step}`);
    const start = performance.now();
    const error = await test().then(() => null, (reason) => reason);
    results.push({ step, error, seconds: (performance.now() - start) / 1000 });
    if (error) console.error(error.message);
  }

  console.log('\n=== summary');
  for (const { step, error, seconds } of results) {
    console.log(`${error ? 'FAILED' : 'ok    '}  ${step.padEnd(12)} ${seconds.toFixed(0).padStart(5)} s${error ? `  ${error.message}` : ''}`);
  }
  const failed = results.filter(({ error }) => error).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
