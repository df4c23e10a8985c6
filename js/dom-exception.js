// DOMException, also where it can't be constructed (Edge 16-18, IE 11).

const CODES = { InvalidStateError: 11, SyntaxError: 12 };

/**
 * @param {string} message
 * @param {'InvalidStateError' | 'SyntaxError'} name
 */
export function domException(message, name) {
  try {
    return new DOMException(message, name);
  } catch {
    const members = { name: { value: name }, message: { value: message }, code: { value: CODES[name] } };
    const prototype = typeof DOMException === 'undefined' ? Error.prototype : DOMException.prototype;
    // The prototype's own toString refuses what is no real DOMException.
    members.toString = { value: Error.prototype.toString };
    return Object.create(prototype, members);
  }
}
