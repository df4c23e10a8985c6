// Making events, also where they can't be constructed (IE 11).

/**
 * @param {'Event' | 'MessageEvent'} name of the interface
 * @param {string} type
 * @param {{data: string, origin: string, lastEventId: string}} [init] of a MessageEvent
 */
export function makeEvent(name, type, init) {
  const Class = name === 'Event' ? EventClass : MessageEventClass;
  if (Class) return new Class(type, init);
  return typeof document === 'object' ? makeByDocument(name, type, init) : makePlain(type, init);
}

const EventClass = constructible(() => Event);
const MessageEventClass = constructible(() => MessageEvent);

/** The class, where it is there and can be constructed. */
function constructible(get) {
  try {
    const Class = get();
    return new Class('x') && Class;
  } catch {
    return null;
  }
}

function makeByDocument(name, type, init) {
  const event = document.createEvent(name);
  if (!init) {
    event.initEvent(type, false, false);
    return event;
  }
  event.initMessageEvent(type, false, false, init.data, init.origin, init.lastEventId, null);
  // Not every engine takes all of them.
  Object.keys(init).forEach((member) => {
    if (event[member] !== init[member]) Object.defineProperty(event, member, { value: init[member] });
  });
  return event;
}

/** Workers of IE 11 can't make any. */
function makePlain(type, init) {
  const nothing = () => {};
  const event = {
    type,
    bubbles: false,
    cancelable: false,
    defaultPrevented: false,
    isTrusted: false,
    timeStamp: Date.now(),
    preventDefault: nothing,
    stopPropagation: nothing,
    stopImmediatePropagation: nothing,
  };
  Object.keys(init || {}).forEach((member) => {
    event[member] = init[member];
  });
  return event;
}
