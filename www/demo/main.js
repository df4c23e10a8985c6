// Joins the page's parts: the tabs; the controls, the two panels on the same stream, and the plots' common scale; the chat.

import { Chat } from './chat.js';
import { Controls } from './controls.js';
import { loadEndpoints } from './endpoints.js';
import { Panel } from './panel.js';
import { scaleFor } from './plot.js';
import { native, none, polyfilled, unanswered, wasm } from './sources.js';
import { startTabs } from './tabs.js';

const SERVERS = {
  demo: 'These streams come from the demo’s own server, over the network.',
  'service worker': 'No server takes part here: a service worker in your browser makes these streams.',
  fetch: 'No server takes part here, and no service worker can be had (it needs https): this page makes these streams itself, by a fetch of its own.',
};
let answers = 'demo';

startTabs(document.querySelector('[role=tablist]'));
const chat = new Chat(document.querySelector('#chat'));

const panels = document.querySelector('#panels');
const theirs = new Panel(panels, { id: 'native', name: 'The browser’s own', note: 'window.EventSource' });
const ours = new Panel(panels, { id: 'ours', name: 'eventsource-wasm', note: '' });

const controls = new Controls(document.querySelector('#controls'), {
  open({ url, withCredentials, pretend }) {
    theirs.open(pretend ? none : answers === 'fetch' ? unanswered : native, url, { withCredentials });
    ours.open(pretend ? polyfilled : wasm, url, { withCredentials });
    ours.note = pretend ? 'dist/polyfill.js, in a frame that has no other' : 'import { EventSource } from dist/eventsource.js';
  },
  close() {
    theirs.close();
    ours.close();
  },
  clear() {
    theirs.clear();
    ours.clear();
    drawPlots();
  },
});

// One scale for both, so that the eye may compare.
function drawPlots() {
  const series = [theirs, ours].map((panel) => panel.series());
  const scale = scaleFor(series);
  theirs.draw(series[0], scale);
  ours.draw(series[1], scale);
}

drawPlots();
setInterval(drawPlots, 1000);

try {
  const endpoints = await loadEndpoints();
  if (!endpoints.hasServer) answers = await (await import('../stand-in/page.js')).standIn();
  document.querySelector('#server').textContent = SERVERS[answers];
  for (const panel of [theirs, ours]) panel.types = endpoints.types;
  controls.offer(endpoints);
  chat.offer();
} catch (error) {
  for (const part of [theirs, ours, chat]) part.notice = `The demo's server does not answer (${error.message}). Run: npm start`;
}
