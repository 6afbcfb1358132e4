import * as tf from '@tensorflow/tfjs';
import { MiB } from '../format/units.ts';
import { engineInternals, wasmRuntime } from './engine-internals.ts';

/** What may be left of earlier calls: the next one is to find most of the memory free. */
const MAX_LEFT_BYTES = 128 * MiB;

/**
 * What the engine is in the middle of: open scopes, tapes, profiles. A call that fails in there leaves it so, and the
 * next call would pay for it.
 */
export class EngineSnapshot {
  readonly #state = engineInternals().state;
  readonly #scopes = [...this.#state.scopeStack];
  readonly #gradientDepth = this.#state.gradientDepth;
  readonly #kernelDepth = this.#state.kernelDepth;
  readonly #profiling = this.#state.profiling;
  readonly #backend = tf.getBackend();
  readonly #stack = wasmRuntime()?.stackSave();

  /** Puts all of it back. @returns whether the process is as good as it was, with room for another call */
  async restore(): Promise<boolean> {
    const { state } = engineInternals();
    // `tf.engine().reset()` gives the kernels away with everything else.
    if (state !== this.#state) return false;
    try {
      if (this.#gradientDepth === 0) releaseTape(state);
      state.gradientDepth = this.#gradientDepth;
      state.kernelDepth = this.#kernelDepth;
      state.profiling = this.#profiling;
      state.scopeStack.splice(0, Infinity, ...this.#scopes);
      state.activeScope = this.#scopes.at(-1) ?? null;
      if (tf.getBackend() !== this.#backend) await tf.setBackend(this.#backend);
      // A stack overflow within an operation leaves the runtime in the middle of it.
      return wasmRuntime()?.stackSave() === this.#stack && state.numBytes <= MAX_LEFT_BYTES;
    } catch {
      return false;
    }
  }
}

/** A gradient that failed has not released what it saved. */
function releaseTape(state: ReturnType<typeof engineInternals>['state']): void {
  for (const { saved = [] } of state.activeTape ?? []) for (const tensor of saved) tensor.dispose();
  state.activeTape = null;
}
