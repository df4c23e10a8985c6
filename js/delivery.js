// A batch of events on its way to the page. Each is a task of its own in the Standard, so the promise jobs of one event's
// handlers run before the next event; and a stream that never pauses leaves the page its turns.

import * as turn from './turn.js';

// The layout of a batch: see src/event_stream/batch.rs.
const RECORD = 3;
const SAME_ID = 0xffffffff;
const NO_EVENT = 0xffffffff;

/**
 * @param {import('./link.js').Link} link
 * @param {string} text
 * @param {Uint32Array} lengths
 * @param {() => void} done called when all is dispatched, or the source is closed: perhaps in this call
 */
export function deliver(link, text, lengths, done) {
  let record = 0;
  let position = 0;
  const cut = (length) => text.slice(position, (position += length));

  const dispatchNext = () => {
    const type = cut(lengths[record]) || 'message';
    const idLength = lengths[record + 1];
    const dataLength = lengths[record + 2];
    record += RECORD;
    if (idLength !== SAME_ID) link.lastEventId = cut(idLength);
    if (dataLength === NO_EVENT) return;
    const { origin, lastEventId } = link;
    link.source.fire(type, { data: cut(dataLength), origin, lastEventId });
  };
  const dispatchRest = () => {
    for (;;) {
      if (link.isOver()) return done();
      if (record < lengths.length) dispatchNext();
      // The next chunk may be there already, and comes by promise jobs too.
      if (turn.isOver()) return turn.next(record < lengths.length ? dispatchRest : done);
      if (record >= lengths.length) return done();
      if (turn.hasJobs) return turn.soon(dispatchRest);
    }
  };

  dispatchRest();
}
