// Private data about objects that pages hold.

/**
 * @param {string} name
 * @returns {{get: (object: unknown) => any, set: (object: object, value: unknown) => void}}
 */
export function createSlot(name) {
  if (typeof WeakMap === 'function') return new WeakMap();
  // A property that no enumeration shows.
  const key = `eventsource-wasm ${name}`;
  return {
    get: (object) => (Object(object) === object && Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined),
    set: (object, value) => {
      Object.defineProperty(object, key, { value, configurable: true });
    },
  };
}
