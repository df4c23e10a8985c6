// A batch of events on its way to the page. Each is a task of its own in the Standard, so the promise jobs of one event's
// handlers run before the next event; and a stream that never pauses leaves the page its turns.

import { dispatch } from 'eventsource-wasm:hooks';
import * as turn from './turn.js';

// The layout of a batch: see src/event_stream/batch.rs.
export const RECORD = 3;
export const NO_EVENT = 0xffffffff;
export const SAME = 0xffffffff;

/**
 * @param {import('./link.js').Link} link
 * @param {string} text
 * @param {Uint32Array} lengths
 * @param {() => void} done called when all is dispatched, or the source is closed: perhaps in this call
 */
export function deliver(link, text, lengths, done) {
  const { source, origin } = link;
  let record = 0;
  let position = 0;
  let type = 'message';

  /** A cut string keeps the whole text in memory. Where that is much more than the string, it gets its own characters. */
  const cut = (length) => {
    const piece = text.slice(position, (position += length));
    // Joining copies them. Engines copy shorter ones when they cut.
    return length < 13 || text.length <= 4 * length ? piece : ` ${piece}`.slice(1);
  };

  turn.withJobsBetween(() => {
    if (record >= lengths.length || link.isOver()) return false;
    const data = lengths[record] === NO_EVENT ? null : cut(lengths[record]);
    if (lengths[record + 1] !== SAME) type = cut(lengths[record + 1]) || 'message';
    if (lengths[record + 2] !== SAME) link.lastEventId = cut(lengths[record + 2]);
    record += RECORD;
    if (data !== null) dispatch(source, type, data, origin, link.lastEventId);
    return true;
  }, done);
}
