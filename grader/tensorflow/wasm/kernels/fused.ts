import * as tf from '@tensorflow/tfjs';
import { finishFused, runKernel } from './activation.ts';
import type { Fusion } from './activation.ts';
import type { KernelDefinition } from '../kernel.ts';

/** A kernel of two tensors, then a bias and an activation. */
function inSteps(name: string, product: string, [left, right]: readonly [string, string]): KernelDefinition {
  return {
    name,
    make:
      () =>
      ({ inputs, attrs, backend }) => {
        const factors = { [left]: inputs[left], [right]: inputs[right] };
        return finishFused(backend, runKernel(backend, product, { inputs: factors, attrs }), {
          ...(attrs as Fusion),
          ...(inputs as Fusion),
        });
      },
  };
}

/**
 * tfjs-wasm's fused product adds the bias once for every 48 terms where matrices are stacked or transposed, and the
 * wrong element of it from the second row on.
 */
export const fusedMatMul = inSteps('_FusedMatMul', tf.BatchMatMul, ['a', 'b']);

/** tfjs-wasm's fused convolutions refuse a bias of one number. */
export const fusedConv2d = inSteps(tf.FusedConv2D, tf.Conv2D, ['x', 'filter']);
export const fusedDepthwiseConv2d = inSteps(tf.FusedDepthwiseConv2D, tf.DepthwiseConv2dNative, [
  'x',
  'filter',
]);
