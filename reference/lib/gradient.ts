import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * The gradient of a function at a tensor, as `tf.grad(f)(x)`, with the type kept: the gradient with respect to a
 * `Tensor4D` is a `Tensor4D`.
 *
 *     const g = gradientOf((image) => model.logits(image).square().sum(), images); // [N, H, W, 3], as images
 *
 * @param f made of differentiable operations of TensorFlow.js; where its result is no scalar, the gradient is that of
 *   the sum of its values.
 * @param x where to take the gradient; any shape, float32. It is neither changed nor disposed of.
 * @returns a new tensor of the shape of `x`; the caller's to dispose of.
 * @throws Error where the result of `f` does not depend on `x`, or where an operation on the way has no gradient.
 */
export function gradientOf<T extends Tensor>(f: (x: T) => Tensor, x: T): T {
  return tf.grad((y) => f(y as T))(x) as T;
}

/**
 * A function of one tensor with a gradient of your own, as `tf.customGrad` makes it, without its casts.
 *
 *     const straightThrough = withGradient((x) => x.round(), (dy) => dy);
 *
 * @param value what the function computes of `x`, any shape.
 * @param gradient what to send back, in the shape of `x`: `dy` is the gradient that arrives, in the shape of the
 *   value.
 * @returns the function; it may be called any number of times, inside of `tf.grad` and outside.
 */
export function withGradient(
  value: (x: Tensor) => Tensor,
  gradient: (dy: Tensor, x: Tensor) => Tensor,
): (x: Tensor) => Tensor {
  const operation = tf.customGrad((input, save) => {
    const x = input as Tensor;
    (save as (tensors: Tensor[]) => void)([x]);
    const computed = value(x);
    // Were the value the input itself, TensorFlow.js would add the gradients of both.
    return {
      value: computed === x ? x.clone() : computed,
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => gradient(dy, saved),
    };
  });
  return (x) => operation(x);
}
