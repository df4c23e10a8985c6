// Registers the tests and runs them. It knows nothing of browsers: whoever runs it gives it a host (see start.js for a browser's).

import { Context } from './context.js';

// A safety net: no test waits for time to pass, but a broken build may never answer.
const DEADLINE = 60_000;
// For those that are expected to fail, since some do so by never ending.
const EXPECTED_DEADLINE = 10_000;

// Browsers allow about six connections to an origin. Usual tests hold one or two each; brief ones hold theirs only while bytes flow;
// those that open many run by themselves.
const CROWDS = { usual: 4, brief: 24, alone: 1 };

const tests = [];

/**
 * @param {string} name the clause
 * @param {object} options
 * @param {string[]} [options.needs] what the host must have (`host.has`)
 * @param {'usual' | 'brief' | 'alone'} [options.crowd] what it may run beside
 * @param {(t: Context) => Promise<void> | void} body
 */
export function test(name, options, body) {
  if (tests.some((other) => other.name === name)) throw new Error(`two tests are named ${name}`);
  tests.push({ name, needs: [], crowd: 'usual', ...options, body });
}

/**
 * Runs all tests whose names match, and reports each: {name, outcome: 'passed' | 'failed' | 'skipped', message, ms}.
 * @param {object} host
 * @param {(result: object) => void} report
 * @param {(name: string) => boolean} wanted
 * @param {string[]} expected the tests that are expected to fail
 * @param {number} atOnce the most that may run at once
 */
export async function run(host, report, wanted, expected, atOnce) {
  for (const [crowd, width] of Object.entries(CROWDS)) {
    const queue = tests.filter((test) => test.crowd === crowd && wanted(test.name));
    const worker = async () => {
      while (queue.length) {
        const test = queue.shift();
        report(await runOne(host, test, expected.indexOf(test.name) < 0 ? DEADLINE : EXPECTED_DEADLINE));
      }
    };
    await Promise.all(Array.from({ length: Math.min(width, atOnce) }, worker));
  }
  const strays = host.errors.unexpected();
  report({
    name: 'no-stray-errors',
    outcome: strays.length ? 'failed' : 'passed',
    message: strays.join('; '),
    ms: 0,
  });
}

async function runOne(host, { name, needs, body }, deadline) {
  const missing = needs.filter((need) => !host.has.includes(need));
  if (missing.length) return { name, outcome: 'skipped', message: `needs ${missing.join(', ')}`, ms: 0 };
  const t = new Context(host);
  const start = Date.now();
  const result = (outcome, message = '') => ({ name, outcome, message, ms: Date.now() - start });
  let timer;
  try {
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing more happened within ${deadline / 1000} s`)), deadline);
    });
    await Promise.race([(async () => body(t))(), late]);
    return result('passed');
  } catch (error) {
    return result('failed', String((error && error.message) || error));
  } finally {
    clearTimeout(timer);
    await t.end();
  }
}
