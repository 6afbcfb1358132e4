import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

/** What Adam remembers between two steps. */
export type AdamState = {
  /** `t`: how many steps have been taken. */
  readonly steps: number;
  /** `m`: moving average of the gradient, with the gradient's shape. */
  readonly mean: Tensor4D;
  /** `v`: moving average of the squared gradient, with the gradient's shape. */
  readonly square: Tensor4D;
};

/** How fast the two averages forget, and what keeps the quotient finite: the values of the paper. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/** The state before the first step on `x`, of any shape: both averages are 0 and have the shape of `x`. */
export function adamStart(x: Tensor4D): AdamState {
  return { steps: 0, mean: tf.zerosLike(x), square: tf.zerosLike(x) };
}

/**
 * One step of Adam *down* the gradient (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
 * Algorithm 1):
 *
 *     m_t = beta1 m_{t-1} + (1 - beta1) g          v_t = beta2 v_{t-1} + (1 - beta2) g^2
 *     x_t = x_{t-1} - rate * m_t / (1 - beta1^t) / (sqrt(v_t / (1 - beta2^t)) + epsilon)
 *
 * No value moves by much more than `rate`, however large the gradient: a gradient twice as large gives the same step.
 *
 * @param x what is optimized, `[N, H, W, C]`; it is not changed, the new value is returned.
 * @param gradient `g`, the gradient of the loss at `x`, with its shape.
 * @param state what the step before returned, or {@link adamStart}.
 * @returns the new `x` and the state for the next step, all new tensors.
 */
export function adamStep(
  x: Tensor4D,
  gradient: Tensor4D,
  { state, rate }: { readonly state: AdamState; readonly rate: number },
): { x: Tensor4D; state: AdamState } {
  return tf.tidy(() => {
    const steps = state.steps + 1; // t
    const mean = state.mean.mul(beta1).add<Tensor4D>(gradient.mul(1 - beta1)); // m: [N, H, W, C]
    const square = state.square.mul(beta2).add<Tensor4D>(gradient.square().mul(1 - beta2)); // v: [N, H, W, C]
    const spread = square
      .div(1 - beta2 ** steps)
      .sqrt()
      .add(epsilon); // [N, H, W, C]
    const direction = mean.div(1 - beta1 ** steps).div(spread); // [N, H, W, C]
    return { x: x.sub<Tensor4D>(direction.mul(rate)), state: { steps, mean, square } };
  });
}
