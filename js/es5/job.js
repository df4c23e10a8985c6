// As much of Promise as the core's glue needs where there is none: one that is resolved already, whose callback runs later.

let queue = [];
const schedule = makeSchedule();

export class Job {
  static resolve() {
    return new Job();
  }

  then(callback) {
    queue.push(callback);
    if (queue.length === 1) schedule();
    return this;
  }
}

function run() {
  const all = queue;
  queue = [];
  all.forEach((callback) => callback());
}

/** A mutation's observer is called before the next task; workers have none. */
function makeSchedule() {
  if (typeof MutationObserver === 'undefined') return () => setTimeout(run);
  const node = document.createTextNode('');
  new MutationObserver(run).observe(node, { characterData: true });
  let count = 0;
  return () => {
    node.data = String((count += 1));
  };
}
