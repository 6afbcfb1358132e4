/** What an address of a 32-bit WASM memory can reach, bytes. */
const ADDRESSABLE = 2 ** 32;
const MB = 1e6;

/**
 * Makes the allocator of an Emscripten module throw a RangeError for what it cannot give. Left alone it takes a size
 * modulo 2^32 and answers 0 when memory is short; tfjs-wasm looks at neither, and a tensor too large is written over
 * whatever lies there until the runtime traps, in this operation or in the next.
 */
export function checkAllocations(module: { _malloc(bytes: number): number }): void {
  // Emscripten puts the true function in place of its stub at the first call.
  let { _malloc: own } = module;
  const checked = (bytes: number): number => {
    const address = bytes < ADDRESSABLE ? own(bytes) : 0;
    if (address === 0 && bytes > 0) {
      throw new RangeError(`Out of memory: no room for a tensor of ${Math.ceil(bytes / MB)} MB`);
    }
    return address;
  };
  Object.defineProperty(module, '_malloc', {
    get: () => checked,
    set: (replacement: typeof own) => {
      own = replacement;
    },
  });
}
