// What the suite's own code uses and Edge 16-18 has not. It stands in place of the globals of these names in the suite's bundle
// only (esbuild's `inject`): the page, and the build under test, see none of it.

/** As something that is an EventTarget and nothing else to speak of. */
export function EventTarget() {
  return new MessageChannel().port1;
}
EventTarget.prototype = Object.getPrototypeOf(Object.getPrototypeOf(new MessageChannel().port1));

export function TextEncoder() {}
TextEncoder.prototype.encode = (text) => Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));
