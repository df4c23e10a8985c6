/** What the constructor throws. @param {string} why */
export function notConstructed(why) {
  return new TypeError(`Failed to construct 'EventSource': ${why}`);
}
