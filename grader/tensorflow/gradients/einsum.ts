import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** The two sides of an equation such as `ij,jk->ik`. */
function labels(equation: string): { operands: string[]; output: string } {
  const [left, output = ''] = equation.replaceAll(/\s/g, '').split('->');
  return { operands: left.split(','), output };
}

/**
 * The gradient with respect to one operand: `dy` contracted with the other operand. A label that only this operand
 * has was summed over, so its gradient is repeated along it.
 */
function operandGradient(equation: string, dy: Tensor, operands: Tensor[], which: number): Tensor {
  const { operands: names, output } = labels(equation);
  const wanted = [...names[which]];
  const others = names.filter((_, index) => index !== which);
  const known = wanted.filter(
    (label) => output.includes(label) || others.some((other) => other.includes(label)),
  );
  const contracted = tf.einsum(
    `${[output, ...others].join(',')}->${known.join('')}`,
    dy,
    ...operands.filter((_, index) => index !== which),
  );
  const { shape } = operands[which];
  const kept = shape.map((side, axis) => (known.includes(wanted[axis]) ? side : 1));
  return tf.broadcastTo(tf.reshape(contracted, kept), shape);
}

/** Gives `einsum` the gradient that TensorFlow.js lacks on every backend, for one or two operands. */
export function registerEinsumGradient(): void {
  tf.registerGradient({
    kernelName: tf.Einsum,
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const { equation } = attrs as unknown as tf.EinsumAttrs;
      return Object.fromEntries(
        saved.map((_, index) => [index, () => operandGradient(equation, dy as Tensor, saved, index)]),
      );
    },
  });
}
