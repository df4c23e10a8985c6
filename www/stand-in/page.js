// What the page does where no server answers the streams: a service worker answers them, and where there is none, `fetch` does.

import { answer } from './answer.js';

const FOLDER = new URL('../', import.meta.url).href;

/** @returns {Promise<'service worker' | 'fetch'>} which of the two it is; `fetch` reaches only what calls it in this page */
export async function standIn() {
  try {
    await startWorker();
    return 'service worker';
  } catch {
    replaceFetch();
    return 'fetch';
  }
}

async function startWorker() {
  const { serviceWorker } = navigator;
  await serviceWorker.register(new URL('stand-in.js', FOLDER), { scope: FOLDER });
  const { active } = await serviceWorker.ready;
  if (serviceWorker.controller) return;
  const controlled = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  active.postMessage('claim');
  await controlled;
}

function replaceFetch() {
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await answer(request, FOLDER);
    if (!response) return fetch(request);
    if (response.type === 'error') throw new TypeError('There was no answer, as asked for.');
    const location = response.headers.get('Location');
    if (location) return window.fetch(location, init);
    // A response that a script makes has none.
    return Object.defineProperty(response, 'url', { value: request.url });
  };
  window.fetch.standIn = true;
}
