// The stream that is broken again and again, and how: all of it follows from a seed, for server and client alike.

/** How many events it has. */
export const EVENTS = 10_000;
/** How often it is cut. */
export const CUTS = 2_000;
/** How often nothing more comes. */
export const STALLS = 30;
/** How often the server forgets a connection that the client still has. */
export const HALF_OPEN = 15;
/** After how many of the cuts a request gets no answer at all, and after how many some are refused. */
const SILENCES = 15;
const BURSTS = 30;

const STATUSES = [429, 500, 502, 503, 504];
/** The most milliseconds between what is sent last and a cut. A broken body loses what has not been read. */
const PAUSE = 10;

/** What `retry.statuses` has to be. */
export const RETRIED = STATUSES;

/** A source of numbers from 0 up to 1 (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The data of event `n`, from 1: some lines of some words, now and then long ones. */
export function dataOf(seed, n) {
  const next = random(seed + n);
  const words = next() < 0.02 ? 2000 : Math.ceil(next() * 8);
  return Array.from({ length: words }, () => ['tick', 'é', '😀', ' ', '\n', `${n}`][Math.floor(next() * 6)]).join(' ');
}

/** Event `n` as it is sent. */
export function textOf(seed, n) {
  return `${dataOf(seed, n).split('\n').map((line) => `data: ${line}\n`).join('')}id: ${n}\n\n`;
}

/**
 * What goes wrong, in the order of the stream.
 * @typedef {object} Fault
 * @property {number} event the one in which it happens: `part` of its bytes are sent
 * @property {number} part from 0 up to 1
 * @property {number} pause milliseconds until it happens
 * @property {'close' | 'reset' | 'end' | 'stall' | 'half-open'} how the connection or the response ends, or does not
 * @property {{status?: number, retryAfter?: number}[]} then the answers to the next requests; without a status there is none
 *
 * @returns {Fault[]}
 */
export function faultsOf(seed) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const fault = (how, then = []) => ({ event: 1 + Math.floor(next() * EVENTS), part: next(), pause: Math.floor(next() * PAUSE), how, then });
  const refusal = () => ({ status: pick(STATUSES), retryAfter: next() < 0.2 ? 1 : undefined });
  const cut = (index) => {
    const how = pick(['close', 'reset', 'end']);
    if (index < SILENCES) return fault(how, [{}]);
    return fault(how, index < SILENCES + BURSTS ? Array.from({ length: Math.ceil(next() * 4) }, refusal) : []);
  };
  const faults = [
    ...Array.from({ length: CUTS }, (_, index) => cut(index)),
    ...Array.from({ length: STALLS }, () => fault('stall')),
    ...Array.from({ length: HALF_OPEN }, () => fault('half-open')),
  ];
  return faults.sort((one, other) => one.event - other.event || one.part - other.part);
}
