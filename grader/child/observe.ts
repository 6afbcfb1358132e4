import * as tf from '@tensorflow/tfjs';
import type { Observation } from '../format/messages.ts';
import { ArgumentState } from './argument-state.ts';
import type { KernelWatch } from './kernel-watch.ts';

/** Runs a function on its arguments and counts what it does. @throws whatever it throws */
export async function observe(
  watch: KernelWatch,
  target: (...args: unknown[]) => unknown,
  args: readonly unknown[],
): Promise<{ value: unknown; observed: Observation }> {
  const state = await ArgumentState.of(args);
  const tensorsBefore = tf.memory().numTensors;
  const kernelsBefore = watch.kernels;
  const readsBefore = watch.reads;
  const value = await target(...args);
  const kernels = watch.kernels - kernelsBefore;
  const reads = watch.reads - readsBefore;
  const own = new Set<number>();
  collectTensors(args, own, new Set(), 0);
  const returned = new Set<number>();
  collectTensors(value, returned, own, 0);
  const leftover = tf.memory().numTensors - tensorsBefore - returned.size;
  return { value, observed: { kernels, reads, leftover, args: await state.now() } };
}

function collectTensors(
  value: unknown,
  into: Set<number>,
  without: ReadonlySet<number>,
  depth: number,
): void {
  if (depth > 8 || typeof value !== 'object' || value === null) return;
  if (value instanceof tf.Tensor) {
    if (!value.isDisposed && !without.has(value.id)) into.add(value.id);
    return;
  }
  for (const item of Object.values(value)) collectTensors(item, into, without, depth + 1);
}
