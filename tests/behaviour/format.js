// The fixtures, over the network: each is read once in one piece and once byte by byte.

import { atLeast, equal, same } from './assert.js';
import { test } from './runner.js';
import { END, GONE, stream } from './scenario.js';

// Reconnection times up to here are waited for.
const PATIENCE = 1000;

/** Registers a test for each fixture. */
export async function registerFormat(host) {
  for (const fixture of await host.transport('GET', `${host.controlOrigin}/fixtures`)) {
    test(`format-${fixture.name}`, { crowd: 'brief' }, (t) => Promise.all([
      check(t, fixture, { fixture: fixture.name }),
      check(t, fixture, { fixture: fixture.name, chunk: 1 }),
    ]));
  }
}

/**
 * The first response sets a short reconnection time, the second is the fixture; then the third request shows the last event
 * ID, and how long it took shows the reconnection time.
 */
async function check(t, { events, lastEventId, reconnectionTime }, step) {
  const scenario = await t.scenario(stream('retry: 1\n\n', END), stream(step, END), GONE);
  const log = t.open(scenario.url, {}, events.map((event) => event.type));
  await log.until(() => log.entries.filter((entry) => entry.type === 'error' && entry.data === undefined)[1]);
  same(log.messages().map(({ type, data, lastEventId: id }) => ({ type, data, lastEventId: id })), events, 'events');
  if (reconnectionTime > PATIENCE) {
    await t.reconnections();
    equal((await scenario.requests()).length, 2, 'requests while the reconnection time is long');
    return;
  }
  const [, second, third] = await scenario.requests(3);
  equal(third.headers['last-event-id'], lastEventId === '' ? undefined : lastEventId, 'Last-Event-ID');
  // A timer may be a little early by another clock.
  if (reconnectionTime !== null) atLeast(third.time - second.ended, reconnectionTime - 5, 'time before the reconnection');
}
