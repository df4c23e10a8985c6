// One event of some size, in writes of some size.

import { untilSilence } from './silence.js';
import { open, textOf } from './subject.js';

/**
 * @param {number} bytes of the event's data
 * @param {number} write bytes of a write; 0 stands for 1 to 64 in turn
 * @returns {Promise<number>} seconds from the request to the event
 */
export async function single(bytes, write) {
  let source;
  let characters = 0;
  const begin = performance.now();
  const end = await untilSilence((alive, finish) => {
    source = open({ kind: 'single', bytes, write }, { type: 'message', take: (event) => {
      alive();
      characters += textOf(event).length;
      if (characters > bytes) finish(performance.now());
    } });
  });
  source.close();
  if (end === null) throw new Error(`${characters} characters, and not the event of ${bytes}`);
  return (end - begin) / 1000;
}
