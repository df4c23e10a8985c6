// Making events, also where they can't be constructed (IE 11). Messages have a module of their own (message-event.js).

/** @param {string} type */
export function makeEvent(type) {
  if (EventClass) return new EventClass(type);
  if (typeof document !== 'object') return createPlain(type);
  const event = document.createEvent('Event');
  event.initEvent(type, false, false);
  return event;
}

const EventClass = constructible(() => Event);

/** The class, where it is there and can be constructed. */
export function constructible(get) {
  try {
    const Class = get();
    return new Class('x') && Class;
  } catch {
    return null;
  }
}

/** Workers of IE 11 can't make any. What would be false is not there; what a dispatch sets, it adds. */
function createPlain(type) {
  return { type, timeStamp: Date.now(), preventDefault() {} };
}
