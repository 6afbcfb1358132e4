import * as tf from '@tensorflow/tfjs';

/** Kernels that say what is true, by the names of their inputs. TensorFlow.js differentiates `GreaterEqual` alone. */
const truths: Readonly<Record<string, readonly string[]>> = {
  [tf.Equal]: ['a', 'b'],
  [tf.NotEqual]: ['a', 'b'],
  [tf.Greater]: ['a', 'b'],
  [tf.Less]: ['a', 'b'],
  [tf.LessEqual]: ['a', 'b'],
  [tf.LogicalAnd]: ['a', 'b'],
  [tf.LogicalOr]: ['a', 'b'],
  [tf.LogicalNot]: ['x'],
  [tf.Any]: ['x'],
  [tf.All]: ['x'],
};

/**
 * Gives comparisons and logical operations the gradient 0, as `greaterEqual` has: what is true changes with no small
 * change of the values. Without it `where(x.greater(0), x, y)` cannot be differentiated, since its condition depends on
 * `x`.
 */
export function registerTruthGradients(): void {
  for (const [kernelName, inputs] of Object.entries(truths)) {
    tf.registerGradient({
      kernelName,
      inputsToSave: [...inputs],
      gradFunc: (_, saved) =>
        Object.fromEntries(inputs.map((name, index) => [name, () => tf.zeros(saved[index].shape)])),
    });
  }
}
