// What the ES5 core and its glue take from here instead of from the engine. All of it is private: the page's globals stay
// as they are.

import { Job } from './job.js';

export { TextDecoder, TextEncoder } from '../utf8.js';

const OwnMath = {
  random: Math.random,
  imul: Math.imul || ((a, b) => ((a & 0xffff) * b + ((((a >>> 16) * b) & 0xffff) << 16)) | 0),
  clz32: Math.clz32 || countLeadingZeros,
  fround: Math.fround || ((value) => new Float32Array([value])[0]),
};
const OwnPromise = typeof Promise === 'function' ? Promise : Job;
const OwnReflect =
  typeof Reflect === 'object' ? Reflect : { get: (object, name) => object[name], has: (object, name) => name in object };
export { OwnMath as Math, OwnPromise as Promise, OwnReflect as Reflect };

function countLeadingZeros(value) {
  let count = 0;
  for (let rest = value >>> 0; count < 32 && rest < 0x80000000; rest = (rest << 1) >>> 0) count += 1;
  return count;
}
