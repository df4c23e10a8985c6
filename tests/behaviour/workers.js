// Every kind of worker, started from a window: a source inside gets a message. (The whole suite runs in dedicated workers too.)

import { equal, same } from './assert.js';
import { test } from './runner.js';
import { sharedStream, stream } from './scenario.js';

const WINDOW = { needs: ['window'] };

/** The address of a worker that opens a source at each URL it is sent, and sends back what that one gets first (hosts.mjs). */
const script = (t, kind) => `${t.host.origin}/host/${kind}-worker.js?build=${t.host.build}`;
const isModule = (t) => t.host.build === 'esm' || t.host.build === 'options';
const workerOptions = (t) => ({ type: isModule(t) ? 'module' : 'classic' });

/** Has the worker behind this port or worker open a source. */
function ask(worker, url) {
  const channel = new MessageChannel();
  const reply = new Promise((resolve) => {
    channel.port1.onmessage = (event) => resolve(event.data);
  });
  worker.postMessage({ url, port: channel.port2 }, [channel.port2]);
  return reply;
}

async function getsItsMessage(t, worker) {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  same(await ask(worker, scenario.path), { type: 'message', data: '1', origin: t.host.origin, url: scenario.url });
}

test('worker-dedicated', WINDOW, async (t) => {
  const worker = new Worker(script(t, 'dedicated'), workerOptions(t));
  t.cleanups.push(() => worker.terminate());
  await getsItsMessage(t, worker);
});

test('worker-terminated-closes-its-connections', WINDOW, async (t) => {
  const scenario = await t.scenario(stream('data: 1\n\n'));
  const worker = new Worker(script(t, 'dedicated'), workerOptions(t));
  await ask(worker, scenario.url);
  worker.terminate();
  equal((await scenario.closed(1))[0].closed.by, 'client', 'closed by');
});

test('worker-url-resolved-against-its-own-script', WINDOW, async (t) => {
  const worker = new Worker(script(t, 'dedicated'), workerOptions(t));
  t.cleanups.push(() => worker.terminate());
  const { url } = await ask(worker, 'missing?x');
  equal(url, `${t.host.origin}/host/missing?x`);
});

test('worker-shared', WINDOW, async (t) => {
  const { port } = new SharedWorker(script(t, 'shared'), { ...workerOptions(t), name: `${t.host.build} ${Math.random()}` });
  port.start();
  await getsItsMessage(t, port);
  port.postMessage('end');
});

test('worker-service', WINDOW, async (t) => {
  // Module service workers are not everywhere, so this script is a classic one for every build.
  const registration = await navigator.serviceWorker.register(script(t, 'service'), { scope: `/host/scope-${t.host.build}/` });
  t.cleanups.push(() => registration.unregister());
  await getsItsMessage(t, registration.installing || registration.waiting || registration.active);
});

test('worker-of-a-blob', WINDOW, async (t) => {
  const scenario = await t.scenario(sharedStream({}, 'data: 1\n\n'));
  const code = isModule(t) ? `import '${script(t, 'dedicated')}';` : `importScripts('${script(t, 'dedicated')}');`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), workerOptions(t));
  t.cleanups.push(() => worker.terminate());
  same(await ask(worker, scenario.path), { thrown: 'SyntaxError' }, 'a relative URL');
  same(await ask(worker, scenario.url), { type: 'message', data: '1', origin: t.host.origin, url: scenario.url });
});
