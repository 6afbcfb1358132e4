import * as tf from '@tensorflow/tfjs';
import { engineInternals, wasmRuntime } from './engine-internals.ts';

/** What a trap throws; the declarations of Node.js leave it out. */
const { RuntimeError } = (
  globalThis as unknown as { readonly WebAssembly: { readonly RuntimeError: typeof Error } }
).WebAssembly;

/** What hands values to JavaScript: the engine, which knows where they are, and each backend. */
type Readers = Record<'read' | 'readSync', (...args: unknown[]) => unknown>;

/**
 * Follows the kernels that the engine dispatches, and what is read of their results. `tf.profile` counts kernels, too,
 * but replaces the error of a kernel by one of its own, and stays on after it.
 */
export class KernelWatch {
  #kernels = 0;
  #reads = 0;
  /** In a kernel, which may read what it needs, or in a read, which may be made of others. */
  #isWithin = false;
  #broken = false;

  constructor() {
    const engine = engineInternals();
    const { runKernelFunc } = engine;
    engine.runKernelFunc = (invocation) => {
      this.#kernels++;
      const run = (): unknown => runKernelFunc.call(engine, invocation);
      try {
        // The body of a function with a gradient of its own is anybody's.
        return invocation.kernelName === undefined ? run() : this.#within(run);
      } catch (error) {
        this.note(error);
        throw error;
      }
    };
    this.#countReads(engine as unknown as Readers);
    this.#countReads(tf.backend() as unknown as Readers);
    const runtime = wasmRuntime();
    if (runtime) runtime.onAbort = () => (this.#broken = true);
  }

  #within<T>(run: () => T): T {
    const before = this.#isWithin;
    this.#isWithin = true;
    try {
      return run();
    } finally {
      this.#isWithin = before;
    }
  }

  #countReads(readers: Readers): void {
    for (const name of ['read', 'readSync'] as const) {
      const read = readers[name];
      readers[name] = (...args) => {
        if (!this.#isWithin) this.#reads++;
        return this.#within(() => read.apply(readers, args));
      };
    }
  }

  /** How many there were so far. */
  get kernels(): number {
    return this.#kernels;
  }

  /** How often values were read into JavaScript so far, by `dataSync`, `data` or what these are built on. */
  get reads(): number {
    return this.#reads;
  }

  /** The WASM runtime has aborted or trapped, whether or not someone caught the error: its memory means nothing more. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Looks at an error that came out of a call. */
  note(error: unknown): void {
    if (error instanceof RuntimeError) this.#broken = true;
  }
}
