// The page that is measured. The runner calls the members of `bench`.

import * as growth from './growth.js';
import * as latency from './latency.js';
import * as memory from './memory.js';
import * as startUp from './start-up.js';
import { load } from './subject.js';
import * as throughput from './throughput.js';
import { wasmBytes } from './wasm-memory.js';
import * as ways from './ways.js';

self.bench = { load, wasmBytes, ...throughput, ...latency, ...startUp, ...memory, ...growth, ...ways };
