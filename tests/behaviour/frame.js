// An iframe with the class under test.

/** A frame that has the class under test as `contentWindow.Subject`. */
export function open(t, prepare) {
  const frame = document.createElement('iframe');
  t.cleanups.push(() => frame.remove());
  return new Promise((resolve) => {
    frame.onload = () => resolve(frame);
    prepare(frame);
    document.body.append(frame);
  });
}

/** @param {object} options csp, base (an href), charset: see hosts.mjs */
export const openFrame = (t, options = {}) => open(t, (frame) => {
  frame.src = `/host/frame.html?${new URLSearchParams({ build: t.host.build, ...options })}`;
});

/** What a source of the frame's class gets first. */
export function firstOf(source, types = ['message', 'error']) {
  return Promise.race(types.map((type) => new Promise((resolve) => source.addEventListener(type, resolve))));
}
