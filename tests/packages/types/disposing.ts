// The package's types where sources can be disposed of.

import { EventSource } from 'eventsource-wasm/options';

export function once() {
  using source = new EventSource('http://127.0.0.1/');
  const disposable: Disposable = source;
  disposable[Symbol.dispose]();
  return source.url;
}
