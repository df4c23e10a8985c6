// What the suite's own code uses and IE 11 has not: like globals.js, and as little of each as the suite needs.

import LiePromise from 'lie';

const taken = self.taken || self;

/** Workers can't make any: an object with what the suite gives it and looks at. */
function PlainEvent(type, { bubbles = false, cancelable = false, data = null } = {}) {
  let prevented = false;
  this.type = type;
  this.bubbles = bubbles;
  this.cancelable = cancelable;
  this.data = data;
  this.preventDefault = () => {
    prevented = cancelable;
  };
  Object.defineProperty(this, 'defaultPrevented', { get: () => prevented, configurable: true });
}

export const { Event = PlainEvent, MessageEvent = PlainEvent } = taken;

export { LiePromise as Promise };

/** A primitive like any other. */
export function Symbol(description) {
  return `Symbol(${description})`;
}

export function EventTarget() {
  return new MessageChannel().port1;
}

/** As much of a controller as a listener's option needs. */
export function AbortController() {
  const listeners = [];
  this.signal = { aborted: false, addEventListener: (type, listener) => listeners.push(listener) };
  this.abort = () => {
    this.signal.aborted = true;
    listeners.forEach((listener) => listener());
  };
}

export function TextEncoder() {}
TextEncoder.prototype.encode = (text) => arrayFrom(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));

/** An array, since lowered code knows nothing else to iterate. */
export function Set() {
  const list = [];
  list.add = (value) => list.indexOf(value) < 0 && list.push(value);
  list.delete = (value) => list.indexOf(value) >= 0 && list.splice(list.indexOf(value), 1);
  return list;
}

/** Against the document's own base; in a worker, which has no links, as it is. What PhantomJS has under this name parses nothing. */
export function URL(url) {
  if (typeof document !== 'object') {
    this.href = url;
    return;
  }
  const link = document.createElement('a');
  link.href = url;
  this.href = link.href;
}
URL.prototype.toString = function toString() {
  return this.href;
};
URL.createObjectURL = (blob) => self.URL.createObjectURL(blob);

export function URLSearchParams(members) {
  this.members = members;
}
URLSearchParams.prototype.toString = function toString() {
  return Object.keys(this.members).map((name) => `${name}=${encodeURIComponent(this.members[name])}`).join('&');
};

export function fetch(url, { method = 'GET', body } = {}) {
  return new LiePromise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    // What fetch would say; PhantomJS's own choice brings a preflight.
    if (body !== undefined) request.setRequestHeader('Content-Type', 'text/plain;charset=UTF-8');
    request.onload = () => resolve({
      status: request.status,
      ok: request.status >= 200 && request.status < 300,
      text: () => LiePromise.resolve(request.responseText),
      json: () => LiePromise.resolve(JSON.parse(request.responseText)),
    });
    request.onerror = () => reject(new TypeError(`${method} ${url} failed`));
    request.send(body);
  });
}

function arrayFrom(source, map = (value) => value) {
  const made = [];
  for (let index = 0; index < source.length; index++) made.push(map(typeof source === 'string' ? source.charAt(index) : source[index], index));
  return made;
}

function entries(object) {
  return Object.keys(object).map((key) => [key, object[key]]);
}

function is(one, other) {
  return one === other ? one !== 0 || 1 / one === 1 / other : one !== one && other !== other;
}

export { arrayFrom as 'Array.from', entries as 'Object.entries', is as 'Object.is' };
