// The subject that this page has loaded, and its streams.

import { SUBJECTS } from './subjects.js';
import { watchMemory } from './wasm-memory.js';

/** @type {import('./subjects.js').Subject} */
export let subject;
let exports;

/** @param {string} name one of SUBJECTS */
export async function load(name) {
  subject = SUBJECTS[name];
  watchMemory();
  if (subject.module) exports = await import(subject.module);
  if (subject.script) {
    delete self.EventSource;
    await loadScript(subject.script);
  }
  if (subject.package) {
    await loadScript(`/peers/${subject.package}.js`);
    exports = self.peer;
  }
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src, onload: resolve, onerror: () => reject(new Error(`${src} can't be loaded`)) });
    document.head.append(script);
  });
}

/**
 * @param {Record<string, string | number>} query of the server's /stream
 * @param {import('./subjects.js').Handlers} handlers
 */
export function open(query, handlers) {
  return subject.open(new URL(`/stream?${new URLSearchParams(query)}`, location.href).href, handlers, exports);
}

/** The text that the subject gave: an event's data, or a chunk of the stream. */
export function textOf(event) {
  return subject.kind === 'limit' ? event : event.data;
}

/** The type of an event that the subject gave. */
export function typeOf(event) {
  return event[subject.type ?? 'type'] || 'message';
}

/** Its last event ID. */
export function idOf(event) {
  return event[subject.id ?? 'lastEventId'] || '';
}
