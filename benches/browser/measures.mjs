// All that is measured in a browser.

import * as growth from './growth.mjs';
import * as idle from './idle.mjs';
import * as latency from './latency.mjs';
import * as memory from './memory.mjs';
import * as startUp from './start-up.mjs';
import * as throughput from './throughput.mjs';
import * as ways from './ways.mjs';

/**
 * `measure` gives what goes into the results, and `show` makes a table of that.
 * @type {Record<string, {title: string, measure: (context: import('./rounds.mjs').Context) => Promise<object[]>,
 *   show: (results: object[], titles: Record<string, string>) => string}>}
 */
export const MEASURES = { throughput, latency, 'start-up': startUp, idle, memory, growth, ways };
