// The package's types with the oldest library that each entry works with.

import { EventSource } from 'eventsource-wasm';
import { EventSource as Es5 } from 'eventsource-wasm/es5';

export const source: EventSource = new Es5('http://127.0.0.1/');
source.addEventListener('price', (event) => event.data.trim());
