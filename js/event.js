// Making events, also where they can't be constructed (IE 11).

/**
 * @param {string} type
 * @param {{data: string, origin: string, lastEventId: string}} [init] for a MessageEvent
 */
export function makeEvent(type, init) {
  const Class = init ? MessageEventClass : EventClass;
  if (Class) return new Class(type, init);
  return typeof document === 'object' ? makeByDocument(type, init) : makePlain(type, init);
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

function makeByDocument(type, init) {
  const event = document.createEvent(init ? 'MessageEvent' : 'Event');
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

/** Workers of IE 11 can't make any. What would be false is not there; what a dispatch sets, it adds. */
function makePlain(type, init) {
  const nothing = () => {};
  const event = {
    type,
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
