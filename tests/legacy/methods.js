// The built-in methods that the suite's own code uses and old engines have not, under names that nobody else looks for: lower.mjs
// puts those in place of the built-in ones, so the page's prototypes have no more than before for the build under test to find.

define(Array.prototype, {
  fill(value) {
    for (let index = 0; index < this.length; index++) this[index] = value;
    return this;
  },
  find(accepts) {
    return this.filter(accepts)[0];
  },
  findIndex(accepts) {
    for (let index = 0; index < this.length; index++) if (accepts(this[index], index)) return index;
    return -1;
  },
  flat() {
    return [].concat(...this);
  },
  flatMap(map) {
    return [].concat(...this.map(map));
  },
  includes(value) {
    return this.indexOf(value) >= 0;
  },
});

define(String.prototype, {
  endsWith(end) {
    return this.slice(-end.length) === end;
  },
  includes(part) {
    return this.indexOf(part) >= 0;
  },
  repeat(count) {
    return new Array(count + 1).join(this);
  },
  startsWith(start) {
    return this.slice(0, start.length) === start;
  },
});

if (self.Element) {
  define(self.Element.prototype, {
    append(child) {
      this.appendChild(child);
    },
    remove() {
      if (this.parentNode) this.parentNode.removeChild(this);
    },
  });
}

function define(prototype, methods) {
  for (const name of Object.keys(methods)) Object.defineProperty(prototype, `suite_${name}`, { value: methods[name] });
}
