// Each subject in a page of its own, round after round, so that what the machine does meanwhile hits all alike.

/**
 * @typedef {object} Context
 * @property {import('./browser.mjs').Browser} browser
 * @property {string} origin of the server
 * @property {string[]} subjects
 * @property {string[]} payloads
 * @property {number} rounds
 * @property {number} seconds of a measurement of throughput, about
 * @property {(line: string) => void} say how far it is
 */

/**
 * @template T
 * @param {Context} context
 * @param {string} what is measured
 * @param {string[]} subjects
 * @param {(page: import('./browser.mjs').Page, subject: string) => Promise<T>} run
 * @returns {Promise<{subject: string, wrong: string | null, values: T[]}[]>} a value for each round, or what went wrong
 */
export async function inRounds({ browser, origin, rounds, say }, what, subjects, run) {
  const results = subjects.map((subject) => ({ subject, wrong: null, values: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const result of turned(results, round).filter(({ wrong }) => !wrong)) {
      const page = await browser.open(`${origin}/page`);
      try {
        result.values.push(await run(page, result.subject));
      } catch (error) {
        result.wrong = error.message;
      } finally {
        await page.close();
      }
    }
    say(`${what}: round ${round + 1} of ${rounds}`);
  }
  return results;
}

/** Each round begins at another place. */
export function turned(list, round) {
  const begin = (round * 7) % list.length;
  return [...list.slice(begin), ...list.slice(0, begin)];
}
