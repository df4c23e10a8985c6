// What is taken away from a stand-in, to play the browser that it stands for: scripts, in ES5, for the first lines of a page or
// worker. What the suite itself needs of it is kept as `taken` (globals.js and globals-es5.js), where no build looks for it.

/** Edge 16-18. */
export const AS_EDGE = asScript(function () {
  var absent = ['EventSource', 'TextDecoder', 'TextEncoder', 'globalThis', 'BigInt', 'FinalizationRegistry', 'WeakRef', 'queueMicrotask'];
  var prototype = self.EventTarget.prototype;
  for (var index = 0; index < absent.length; index++) delete self[absent[index]];
  // It is there, for instanceof, and can't be constructed.
  self.EventTarget = function EventTarget() {
    throw new TypeError('Illegal constructor');
  };
  self.EventTarget.prototype = prototype;
  prototype.constructor = self.EventTarget;
});

/**
 * IE 11. PhantomJS has no more of Promise, Symbol, fetch and so on than IE. Its `document.currentScript` can't be taken away: the
 * build under test is served without a mention of it (builds.mjs).
 */
export const AS_IE = asScript(function () {
  var taken = { Event: self.Event, MessageEvent: self.MessageEvent, URL: self.URL || self.webkitURL };
  Object.defineProperty(self, 'taken', { value: taken });
  delete self.EventSource;
  delete self.SharedWorker;
  delete self.webkitURL;
  // These are objects there, and no constructors.
  if (taken.Event) self.Event = withoutConstructor(taken.Event);
  if (taken.MessageEvent) self.MessageEvent = withoutConstructor(taken.MessageEvent);
  self.URL = {
    createObjectURL: function (blob) {
      return taken.URL.createObjectURL(blob);
    },
    revokeObjectURL: function (url) {
      taken.URL.revokeObjectURL(url);
    },
  };
  // PhantomJS gives its type out as the response's Content-Type, and what it once had is lost.
  self.XMLHttpRequest.prototype.overrideMimeType = function () {};
  // It answers a request from one to the same URL that is under way, or from its cache, whatever `no-cache` says; but not one
  // with other headers. This one needs no preflight.
  var send = self.XMLHttpRequest.prototype.send;
  self.XMLHttpRequest.prototype.send = function (body) {
    this.setRequestHeader('Accept-Language', 'en, x-' + Math.random());
    send.call(this, body);
  };

  function withoutConstructor(constructor) {
    return Object.create(Object.prototype, { prototype: { value: constructor.prototype } });
  }
});

function asScript(body) {
  return `(${body})();`;
}
