import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { FastWasmBackend } from './fast-wasm-backend.ts';

/** What a kernel gets: its tensors by name, its attributes, and the backend to compute on. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: FastWasmBackend;
}

export type Kernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** One kernel of the room: `make` gets the stock kernel of that name, where tfjs-wasm has one, to fall back on. */
export interface KernelDefinition {
  readonly name: string;
  make(stock: Kernel | undefined): Kernel;
}

/** The kernel that is registered for a backend, in this room's types. */
export function registeredKernel(name: string, backendName: string): Kernel | undefined {
  return tf.getKernel(name, backendName)?.kernelFunc as Kernel | undefined;
}

/** Registers a kernel for `wasm` in the place of the one that is there; the stock kernel's set-up still runs. */
export function registerWasmKernel(definition: KernelDefinition): void {
  const { name } = definition;
  const stock = tf.getKernel(name, 'wasm');
  if (stock !== undefined) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    ...stock,
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: definition.make(stock?.kernelFunc as Kernel | undefined) as unknown as tf.KernelFunc,
  });
}
