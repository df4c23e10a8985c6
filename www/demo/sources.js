// The ways to come by an EventSource. Each gives the object, and what else there is to say of it.

/**
 * @typedef {{before: boolean, after?: boolean}} Checks
 * @typedef {(url: string, init: {withCredentials: boolean}) => Promise<{
 *   source: EventSource, checks?: Checks, dispose?: () => void}>} Construct
 *   `checks` tell whether `'EventSource' in window`, before and (where it runs) after the polyfill; it rejects with the constructor's
 *   exception, or with an `Absent` that says what is missing
 */

/** There is no EventSource to construct: the message says why. */
export class Absent extends Error {
  /**
   * @param {string} message
   * @param {Checks} [checks]
   */
  constructor(message, checks) {
    super(message);
    this.checks = checks;
  }
}

/** @type {Construct} The browser's own. */
export async function native(url, init) {
  if (!('EventSource' in window)) throw new Absent('This browser has no EventSource.', { before: false });
  return { source: new window.EventSource(url, init) };
}

/** @type {Construct} What a browser without EventSource has. */
export async function none() {
  throw new Absent('Pretended: this browser has no EventSource.', { before: false });
}

/** @type {Construct} The browser's own, where nothing answers it. */
export async function unanswered() {
  throw new Absent('Nothing answers the browser’s own EventSource here: that takes a server, or a service worker.');
}

/** @type {Construct} Ours, as a module. */
export async function wasm(url, init) {
  const { EventSource } = await importOurs('eventsource.js');
  return { source: new EventSource(url, init) };
}

/**
 * Imports a module of ours.
 * @param {string} name of a file of dist/
 * @throws {Absent} that says why it is not there
 */
export async function importOurs(name) {
  const file = new URL(`../dist/${name}`, import.meta.url);
  try {
    return await import(file);
  } catch (error) {
    throw new Absent(await missing(file) ?? `dist/${name} could not be imported: ${error.message}`);
  }
}

/** @type {Construct} Ours, as the script tag installs it in a page whose EventSource was taken away. */
export async function polyfilled(url, { withCredentials }) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'A page without EventSource';
  const asked = new URLSearchParams({ url, ...(withCredentials && { withCredentials: 'true' }) });
  frame.src = `polyfill.html?${asked}`;
  const ready = new Promise((resolve, reject) => {
    // The frame speaks while its scripts run, so before its load event; a load alone means that it could not.
    frame.addEventListener('polyfilled', (event) => resolve(event.detail));
    frame.addEventListener('load', () => reject(new Absent('polyfill.html could not be loaded.')));
  });
  const dispose = () => frame.remove();
  document.body.append(frame);
  try {
    const { source, error, ...checks } = await ready;
    if (error) throw error;
    if (!source) {
      throw new Absent(await missing(new URL('../dist/polyfill.js', import.meta.url)) ?? 'dist/polyfill.js installed nothing.', checks);
    }
    return { source, checks, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function missing(file) {
  const there = await fetch(file, { method: 'HEAD' }).then(({ ok }) => ok, () => false);
  return there ? undefined : 'dist/ is missing: run npm run build';
}
