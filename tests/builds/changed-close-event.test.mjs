// In Firefox a message is a CloseEvent inside. Pages may change that class, before and after the import.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Pages, head } from './pages.mjs';

const pages = new Pages();
before(() => pages.start([], 'firefox'));
after(() => pages.close());

const CHANGES = {
  'replaced by another class': 'window.CloseEvent = class extends Event {};',
  'taken away': 'delete window.CloseEvent;',
  'without its reason': 'delete CloseEvent.prototype.reason;',
  'with another reason': "Object.defineProperty(CloseEvent.prototype, 'reason', { get: () => 'mine' });",
};

for (const [name, change] of Object.entries(CHANGES)) {
  for (const time of ['before', 'after']) {
    test(`CloseEvent is ${name} ${time} the import`, async () => {
      const { url } = await pages.scenario([[head, { write: 'id: 7\ndata: x\ndata: y\n\n' }]]);
      await pages.open('/empty');
      const found = await pages.run(
        `async (url) => {
          ${time === 'before' ? change : ''}
          const { EventSource } = await import('/dist/eventsource.js');
          ${time === 'after' ? change : ''}
          const source = new EventSource(url);
          const { data, lastEventId, origin } = await new Promise((resolve) => { source.onmessage = resolve; });
          source.close();
          return { data, lastEventId, origin, problems };
        }`,
        url,
      );
      assert.deepEqual(found, { data: 'x\ny', lastEventId: '7', origin: new URL(url).origin, problems: [] });
    });
  }
}
