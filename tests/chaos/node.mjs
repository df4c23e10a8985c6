// The client in Node: a thread, whose clock is its own.

import { parentPort, workerData } from 'node:worker_threads';
import { EventSource } from '../../dist/eventsource.options.js';
import { follow } from './client.js';

const { origin, seed, by } = workerData;
parentPort.postMessage(await follow(EventSource, origin, 'fetch', seed, by));
