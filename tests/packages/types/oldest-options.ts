// The package's types with the oldest library that the entry with options works with.

import { EventSource, parse } from 'eventsource-wasm/options';

export const source = new EventSource('http://127.0.0.1/', { headers: { a: 'b' } });
source.onerror = ({ reason }) => reason.trim();
export const messages = parse('data: 1\n\n');
