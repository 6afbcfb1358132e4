import { engineInternals } from './engine-internals.ts';

/**
 * Follows the kernels that the engine dispatches. `tf.profile` counts them, too, but replaces the error of a kernel
 * by one of its own, and stays on after it.
 */
export class KernelWatch {
  #kernels = 0;

  constructor() {
    const engine = engineInternals();
    const { runKernelFunc } = engine;
    engine.runKernelFunc = (invocation) => {
      this.#kernels++;
      return runKernelFunc.call(engine, invocation);
    };
  }

  /** How many there were so far. */
  get kernels(): number {
    return this.#kernels;
  }
}
