// Follows the stream through all that goes wrong: the same code in Node and in a page.

import { EVENTS, RETRIED, dataOf } from './stream.js';

/** The shortest wait is 100 ms, which 2,000 cuts make minutes of: the class's clock goes so many times as fast. */
const FASTER = 10;
/** Milliseconds by that clock. */
const HEARTBEAT_TIMEOUT = 3000;
/** Milliseconds in which there has to be another event. */
const PATIENCE = 20_000;

/**
 * @param {typeof import('../../dist/eventsource.options.js').EventSource} EventSource
 * @param {'listeners' | 'loop'} by what takes the events
 * @returns {Promise<Record<string, number>>} how often there was an `open`, and each reason of an `error`
 * @throws {Error} when an event is missing, comes twice or at the wrong place, or is another one
 */
export async function follow(EventSource, origin, transport, seed, by) {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (callback, milliseconds, ...rest) => setTimeout(callback, milliseconds / FASTER, ...rest);
  const source = new EventSource(`${origin}/stream`, {
    transport,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { initial: 1, max: 1, jitter: 0, statuses: RETRIED },
  });
  const counts = { open: 0 };
  let received = 0;
  let timer;
  try {
    await new Promise((resolve, reject) => {
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error(`no event after number ${received} within ${PATIENCE / 1000} s: ${JSON.stringify(counts)}`)), PATIENCE);
      };
      wait();
      source.onopen = () => { counts.open++; };
      source.onerror = ({ reason, willRetry, message }) => {
        counts[reason] = (counts[reason] ?? 0) + 1;
        if (!willRetry) reject(new Error(`it gave up after event ${received}: ${message}`));
      };
      const take = ({ data, lastEventId }) => {
        wait();
        received++;
        if (lastEventId !== String(received)) reject(new Error(`event ${lastEventId} came where ${received} was due`));
        else if (data !== dataOf(seed, received)) reject(new Error(`event ${received} is not as it was sent: ${data.slice(0, 100)}`));
        else if (received === EVENTS) resolve();
      };
      if (by === 'listeners') source.onmessage = take;
      else takeAll(source, take).catch(reject);
    });
    return counts;
  } finally {
    source.close();
    clearTimeout(timer);
    globalThis.setTimeout = setTimeout;
  }
}

async function takeAll(source, take) {
  for await (const message of source) take(message);
}
