// The package's entry: the class, whether or not the engine has one.

export { EventSource } from './eventsource.js';
