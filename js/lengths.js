// The lengths of a batch, out of the core's memory, which page code may make move. To allocate memory for them takes longer than all
// else that a batch costs, so that of one batch is kept for the next.

/** So few are allocated in no time. */
const FEW = 16;
/** A piece of a body has not so many (see js/reading.js). The memory for more is not kept. */
const MANY = 0x10000;

/** @type {Uint32Array | null} */
let spare = null;

/** @param {Uint32Array} view @returns {Uint32Array} the same numbers, until they are given back */
export function copyOf(view) {
  const { length } = view;
  if (!spare || length <= FEW || length > spare.length) return new Uint32Array(view);
  const copy = spare.subarray(0, length);
  spare = null;
  copy.set(view);
  return copy;
}

/** Nobody reads them any more. @param {Uint32Array} lengths from `copyOf` */
export function giveBack(lengths) {
  if (lengths.length <= FEW || lengths.buffer.byteLength > MANY * lengths.BYTES_PER_ELEMENT) return;
  const all = new Uint32Array(lengths.buffer);
  if (!spare || spare.length < all.length) spare = all;
}
