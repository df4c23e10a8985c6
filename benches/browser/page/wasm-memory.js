// The memories of the WebAssembly instances that this page makes.

const memories = new Set();

/** From now on. */
export function watchMemory() {
  const note = (instance) => {
    Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory).forEach((memory) => memories.add(memory));
    return instance;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...values) => {
      const result = await instantiate.apply(WebAssembly, values);
      note(result.instance ?? result);
      return result;
    };
  }
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...values) {
    return note(new Instance(...values));
  };
  WebAssembly.Instance.prototype = Instance.prototype;
}

/** Bytes of all of them. */
export function wasmBytes() {
  return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
