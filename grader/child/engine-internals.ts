import * as tf from '@tensorflow/tfjs';

/** A node of a tape, and copies of tensors that are kept until it has been gone back over. */
interface TapeNode {
  readonly saved?: readonly tf.Tensor[];
}

/** What TensorFlow.js's engine has and its types do not tell of (tfjs-core 4.22, `engine.ts`). */
export interface EngineInternals {
  /** Every kernel and every function with a gradient of its own goes through here. */
  runKernelFunc(invocation: { readonly kernelName?: string }): unknown;
  readonly state: {
    /** Open `tf.tidy`s. */
    readonly scopeStack: unknown[];
    activeScope: unknown;
    gradientDepth: number;
    kernelDepth: number;
    activeTape: readonly TapeNode[] | null | undefined;
    profiling: boolean;
    /** Of all tensors alive. */
    readonly numBytes: number;
  };
}

export const engineInternals = (): EngineInternals => tf.engine() as unknown as EngineInternals;

/** What the WASM backend's module can be asked; undefined under another backend. */
export interface WasmRuntime {
  onAbort?: () => void;
  /** Where the stack of the runtime ends, which is the same before and after every operation. */
  stackSave(): number;
}

export const wasmRuntime = (): WasmRuntime | undefined =>
  (tf.backend() as unknown as { readonly wasm?: WasmRuntime }).wasm;

const graphicsBackend = (): { readonly broken?: boolean; readonly lost?: boolean } =>
  tf.backend() as unknown as { readonly broken?: boolean; readonly lost?: boolean };

/** Whether a graphics device has refused something or is gone: tensors on it may hold anything from then on. */
export const deviceIsBroken = (): boolean => graphicsBackend().broken === true;

/** Whether a graphics device is gone. */
export const deviceIsLost = (): boolean => graphicsBackend().lost === true;
