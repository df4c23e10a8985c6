// Sources with options in iframes.

import { same } from '../assert.js';
import { firstOf, openFrame } from '../frame.js';
import { sharedStream } from '../scenario.js';
import { both } from './transports.js';

both('csp-refused-with-the-id-in-the-query', async (t, by) => {
  const scenario = await t.scenario(sharedStream({}, 'data: 1\n\n'), { last: 'repeat' });
  const { contentWindow } = await openFrame(t, { csp: "connect-src 'self'" });
  const init = { ...by, lastEventId: '1', lastEventIdQueryParameterName: 'id' };
  const source = t.keep(new contentWindow.Subject(scenario.otherUrl, init));
  same([(await firstOf(source)).reason, source.readyState], ['policy', 2]);
}, { needs: ['window'] });
