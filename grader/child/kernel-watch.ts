import { engineInternals, wasmRuntime } from './engine-internals.ts';

/** What a trap throws; the declarations of Node.js leave it out. */
const { RuntimeError } = (
  globalThis as unknown as { readonly WebAssembly: { readonly RuntimeError: typeof Error } }
).WebAssembly;

/**
 * Follows the kernels that the engine dispatches. `tf.profile` counts them, too, but replaces the error of a kernel
 * by one of its own, and stays on after it.
 */
export class KernelWatch {
  #kernels = 0;
  #broken = false;

  constructor() {
    const engine = engineInternals();
    const { runKernelFunc } = engine;
    engine.runKernelFunc = (invocation) => {
      this.#kernels++;
      try {
        return runKernelFunc.call(engine, invocation);
      } catch (error) {
        this.note(error);
        throw error;
      }
    };
    const runtime = wasmRuntime();
    if (runtime) runtime.onAbort = () => (this.#broken = true);
  }

  /** How many there were so far. */
  get kernels(): number {
    return this.#kernels;
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
