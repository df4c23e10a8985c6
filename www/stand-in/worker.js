// The service worker that stands in for the demo's server where the page is just files. It answers the streams' paths in its
// own folder and nothing else, and keeps nothing.

import { answer } from './answer.js';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
// A page that was reloaded past the worker asks to be taken again.
addEventListener('message', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const response = answer(event.request, registration.scope);
  if (response) event.respondWith(response);
});
