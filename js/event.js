// Making events, also where they can't be constructed (IE 11).

/**
 * @param {string} type
 * @param {{data: string, origin: string, lastEventId: string}} [init] for a MessageEvent
 */
export function makeEvent(type, init) {
  const Class = init ? MessageEventClass : EventClass;
  return Class ? new Class(type, init) : complete(typeof document === 'object' ? createByDocument(type, init) : createPlain(type), init);
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

function createByDocument(type, init) {
  const event = document.createEvent(init ? 'MessageEvent' : 'Event');
  if (init) event.initMessageEvent(type, false, false, init.data, init.origin, init.lastEventId, null);
  else event.initEvent(type, false, false);
  return event;
}

/** Workers of IE 11 can't make any. What would be false is not there; what a dispatch sets, it adds. */
function createPlain(type) {
  return { type, timeStamp: Date.now(), preventDefault() {} };
}

/** Not every engine takes all members of a MessageEvent. */
function complete(event, init) {
  Object.keys(init || {}).forEach((member) => {
    if (event[member] !== init[member]) Object.defineProperty(event, member, { value: init[member] });
  });
  return event;
}
