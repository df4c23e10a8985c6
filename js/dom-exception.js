// DOMException, also where it can't be constructed (Edge 16-18, IE 11).

/**
 * @param {string} message
 * @param {string} name
 * @param {number} code that belongs to the name: https://webidl.spec.whatwg.org/#idl-DOMException-error-names
 */
export function domException(message, name, code) {
  try {
    return new DOMException(message, name);
  } catch {
    const members = { name: { value: name }, message: { value: message }, code: { value: code } };
    const prototype = typeof DOMException === 'undefined' ? Error.prototype : DOMException.prototype;
    // The prototype's own toString refuses what is no real DOMException.
    members.toString = { value: Error.prototype.toString };
    return Object.create(prototype, members);
  }
}
