import * as tf from '@tensorflow/tfjs';
import { guardedKernel } from '../guarded-kernel.ts';
import { plainFallback } from '../plain-backend.ts';
import { registerWasmKernel } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { knownTypes, wronglyComputed } from './stock-limits.ts';

/** A WASM kernel that has the plain JavaScript backend compute. */
export const cpuFallback = (name: string): Kernel => plainFallback(name);

/** Kernels that share data instead of reading it do so whatever it is. */
const indifferentToType: readonly string[] = [tf.Identity, tf.Reshape, tf.ExpandDims];

/** The kernel on WASM for what it computes right, else the plain one. */
const guarded = (name: string, kernel: Kernel): Kernel =>
  wronglyComputed.includes(name)
    ? cpuFallback(name)
    : guardedKernel({ kernel, fallback: cpuFallback(name), types: knownTypes[name] });

/** Gives `wasm` every kernel that `cpu` has, as a {@link cpuFallback} wholly or where it is {@link guarded}. */
export function registerCpuFallbacks(): void {
  for (const { kernelName } of tf.getKernelsForBackend('cpu')) {
    if (indifferentToType.includes(kernelName)) continue;
    registerWasmKernel({
      name: kernelName,
      make: (own) => (own === undefined ? cpuFallback(kernelName) : guarded(kernelName, own)),
    });
  }
}
