// Speaks to its callers as the harness of a real tree does, as far as the tests of this tree need it.
(function () {
  'use strict';
  const PASS = 0, FAIL = 1, TIMEOUT = 2;
  const TIMEOUT_MS = 5000;
  const inPage = typeof document === 'object';
  const tests = [];
  const completionCallbacks = [];
  let pending = 0;
  let allAdded = false;
  let port = null;

  self.add_completion_callback = (callback) => completionCallbacks.push(callback);

  self.async_test = (body, name) => {
    const test = { name, status: null, message: null };
    tests.push(test);
    pending++;
    const done = (status, message) => {
      if (test.status !== null) return;
      test.status = status;
      test.message = message;
      pending--;
      complete();
    };
    test.done = () => done(PASS, null);
    test.step = (step, ...args) => {
      try {
        step.apply(test, args);
      } catch (error) {
        done(FAIL, String(error.message));
      }
    };
    test.step_func_done = (step) => (...args) => (test.step(step, ...args), test.done());
    setTimeout(() => done(TIMEOUT, 'timed out'), TIMEOUT_MS);
    test.step(body, test);
  };

  self.test = (body, name) => self.async_test((it) => (body(), it.done()), name);

  self.assert_equals = (actual, expected, what) => {
    if (!Object.is(actual, expected)) throw new Error(`assert_equals: ${what} expected ${String(expected)} but got ${String(actual)}`);
  };

  /** Takes over the results of a worker, which sends them once. */
  self.fetch_tests_from_worker = (worker) => {
    pending++;
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }) => {
      tests.push(...data);
      pending--;
      complete();
    };
    (worker.port || worker).postMessage('connect', [channel.port2]);
  };

  self.done = () => {
    allAdded = true;
    complete();
  };

  function complete() {
    if (pending || !allAdded || !tests.length) return;
    if (inPage) completionCallbacks.forEach((callback) => callback(tests, { status: 0, message: null }, []));
    else if (port) port.postMessage(tests.map(({ name, status, message }) => ({ name, status, message })));
  }

  if (inPage) {
    addEventListener('load', self.done);
  } else {
    const connect = ({ ports }) => ((port = ports[0]), complete());
    addEventListener('message', connect);
    addEventListener('connect', ({ ports }) => (ports[0].onmessage = connect));
  }
})();
