// What the suite's own code uses and IE 11 has not: like globals.js, and as little of each as the suite needs.

import LiePromise from 'lie';

const taken = self.taken || self;

export const { Event, MessageEvent, URL } = taken;

export { LiePromise as Promise };

export function EventTarget() {
  return new MessageChannel().port1;
}

export function TextEncoder() {}
TextEncoder.prototype.encode = (text) => arrayFrom(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));

export function Set() {
  this.list = [];
}
Set.prototype.add = function add(value) {
  if (this.list.indexOf(value) < 0) this.list.push(value);
};
Set.prototype.delete = function remove(value) {
  this.list = this.list.filter((each) => each !== value);
};
// How lowered code knows what it can iterate.
Set.prototype['@@iterator'] = true;

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
  const list = source instanceof Set ? source.list : source;
  const made = [];
  for (let index = 0; index < list.length; index++) made.push(map(typeof list === 'string' ? list.charAt(index) : list[index], index));
  return made;
}

function entries(object) {
  return Object.keys(object).map((key) => [key, object[key]]);
}

function is(one, other) {
  return one === other ? one !== 0 || 1 / one === 1 / other : one !== one && other !== other;
}

export { arrayFrom as 'Array.from', entries as 'Object.entries', is as 'Object.is' };
