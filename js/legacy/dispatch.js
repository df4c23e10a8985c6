// Dispatching an event on a target without parents, where the engine can't do it for an object of ours.
//
// https://dom.spec.whatwg.org/#concept-event-dispatch

import { domException } from '../dom-exception.js';
import { report } from '../report.js';

const AT_TARGET = 2;

/** The events that are being dispatched, innermost last. @type {Event[]} */
const underWay = [];

/**
 * @param {object} target
 * @param {Event} event real, or a plain object with the members of one
 * @param {import('../event-target.js').Listener[]} listeners in the order of their addition
 * @param {(listener: import('../event-target.js').Listener) => void} remove
 * @returns {boolean} false when it was cancelled
 */
export function dispatch(target, event, listeners, remove) {
  if (!event || typeof event.type !== 'string' || typeof event.preventDefault !== 'function') throw new TypeError('Not an Event.');
  if (underWay.indexOf(event) + 1) {
    throw domException('Being dispatched.', 'InvalidStateError', 11);
  }
  const state = {
    phase: AT_TARGET,
    current: target,
    prevented: Boolean(event.defaultPrevented),
    passive: false,
    stopped: Boolean(event.cancelBubble),
    stoppedAtOnce: false,
  };
  const dressed = dress(event, target, state);
  underWay.push(event, dressed);
  // "Append to an event path" gives the target to both phases: first those that capture, then the others.
  [true, false].forEach((capture) => {
    if (state.stopped) return;
    listeners.forEach((listener) => {
      if (listener.removed || listener.capture !== capture || listener.type !== event.type || state.stoppedAtOnce) return;
      if (listener.once) remove(listener);
      state.passive = listener.passive;
      call(listener.callback, target, dressed);
      state.passive = false;
    });
  });
  underWay.length -= 2;
  state.phase = 0;
  state.current = null;
  return !state.prevented;
}

function call(callback, target, event) {
  try {
    if (typeof callback === 'function') callback.call(target, event);
    else callback.handleEvent(event);
  } catch (error) {
    report(error);
  }
}

/**
 * The event with members of its own for what a dispatch sets, which a script can't set on a real event. Engines from before
 * 2015 refuse such members; there the listeners get an object that inherits from the event.
 */
function dress(event, target, state) {
  const constant = (value) => ({ value, configurable: true });
  const variable = (get) => ({ get, configurable: true });
  const { preventDefault } = event;
  const members = {
    target: constant(target),
    srcElement: constant(target),
    currentTarget: variable(() => state.current),
    eventPhase: variable(() => state.phase),
    // IE 11 does not say it of events that scripts have made.
    defaultPrevented: variable(() => state.prevented),
    preventDefault: constant(() => {
      if (!event.cancelable || state.passive) return;
      state.prevented = true;
      preventDefault.call(event);
    }),
    // The event's own flags would outlast the dispatch.
    stopPropagation: constant(() => {
      state.stopped = true;
    }),
    stopImmediatePropagation: constant(() => {
      state.stopped = state.stoppedAtOnce = true;
    }),
  };
  try {
    return Object.defineProperties(event, members);
  } catch {
    return Object.defineProperties(Object.create(event), members);
  }
}
