// The engine's own class, by this name since the class of this package has the other one.

export const NativeEventSource = typeof EventSource === 'undefined' ? undefined : EventSource;
