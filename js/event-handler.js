// Event handler attributes (`onopen`, `onmessage`, `onerror`).
//
// https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes

// The engine's own, whatever a page puts in their place on its objects.
const { addEventListener, removeEventListener } = EventTarget.prototype;
const { apply } = Reflect;

/**
 * Defines the attribute `on<type>` on a prototype.
 * @param {object} prototype
 * @param {string} type the event type
 * @param {(object: unknown) => object} check throws a TypeError where the attribute is read or set on something else
 */
export function defineEventHandler(prototype, type, check) {
  /** @type {WeakMap<EventTarget, Handler>} */
  const handlers = new WeakMap();
  const name = `on${type}`;
  // Written as accessors of an object literal, so that they have the names and lengths that WebIDL gives them.
  const { get, set } = Object.getOwnPropertyDescriptor(
    {
      get [name]() {
        check(this);
        const handler = handlers.get(this);
        return handler ? handler.value : null;
      },
      set [name](value) {
        check(this);
        const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
        const handler = handlers.get(this);
        if (handler && isObject) {
          // "Replacing" keeps the place among the listeners.
          handler.value = value;
        } else if (handler) {
          removeEventListener.call(this, type, handler);
          handlers.delete(this);
        } else if (isObject) {
          const added = new Handler(value);
          handlers.set(this, added);
          addEventListener.call(this, type, added);
        }
      },
    },
    name,
  );
  Object.defineProperty(prototype, name, { get, set, enumerable: true, configurable: true });
}

/** "The event handler processing algorithm", as a listener. */
class Handler {
  constructor(value) {
    this.value = value;
  }

  handleEvent(event) {
    // An object that can't be called is kept, and does nothing.
    if (typeof this.value !== 'function') return;
    if (apply(this.value, event.currentTarget, [event]) === false) event.preventDefault();
  }
}
