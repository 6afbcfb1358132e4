import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { channelDeviation } from '../../../reference/lib/picture/preprocess.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { shapeClassNames } from '../../../reference/lib/shapes/shape-classes.ts';
import { projectedGradientDescent } from '../../../models/training/attack.ts';
import { evaluate } from '../../../models/training/evaluate.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

describe('projected gradient descent', () => {
  const shape: [number, number, number, number] = [2, 3, 3, 3];
  const random = () => randomStream('attack');
  const weights = () => tf.tensor4d(random().normals(27 * 2), [3, 3, 3, 2]);
  const pixels = () => tf.tensor4d(random().uniforms(2 * 27), shape);
  const targets = () => tf.tensor2d([1, 0, 0, 1], [2, 2]);
  const attack = { epsilon: 0.1, stepSize: 0.04, steps: 20 };

  it.each(['cross-entropy', 'margin'] as const)(
    'finds the corner that is worst for a linear model, by %s',
    (objective) => {
      const w = weights();
      const x = pixels();
      const moved = projectedGradientDescent(
        linearClassifier(w),
        { pixels: x, targets: targets() },
        { ...attack, objective },
        random(),
      );
      // Away from the true class is along the sign of the other class's weight minus its own.
      const away = tf.tidy(() => {
        const difference = w.slice([0, 0, 0, 1], [3, 3, 3, 1]).sub(w.slice([0, 0, 0, 0], [3, 3, 3, 1]));
        const one = difference.reshape([1, 3, 3, 3]).sign();
        return tf.concat([one, one.neg()]);
      });
      const corner = x.add(away.mul(attack.epsilon)).clipByValue(0, 1);
      expect(moved.sub(corner).abs().max().dataSync()[0]).toBeLessThan(1e-6);
    },
  );

  it('stays in the box and among valid pixels from its random start on', () => {
    const x = pixels();
    const start = projectedGradientDescent(
      linearClassifier(weights()),
      { pixels: x, targets: targets() },
      { ...attack, steps: 0 },
      random(),
    );
    expect(start.sub(x).abs().max().dataSync()[0]).toBeLessThanOrEqual(0.1 + 1e-6);
    expect(start.min().dataSync()[0]).toBeGreaterThanOrEqual(0);
    expect(start.max().dataSync()[0]).toBeLessThanOrEqual(1);
    expect(start.sub(x).abs().mean().dataSync()[0]).toBeGreaterThan(0.02);
  });

  it('goes on by the margin where a model is so sure that the cross-entropy has no gradient', () => {
    const sure = linearClassifier(tf.tensor4d([0, 1000, 0, 0, 0, 0], [1, 1, 3, 2]));
    const x = tf.tensor4d([0.9, 0.5, 0.5], [1, 1, 1, 3]);
    const one = tf.tensor2d([0, 1], [1, 2]);
    const run = (objective: 'cross-entropy' | 'margin') =>
      projectedGradientDescent(
        sure,
        { pixels: x, targets: one },
        { ...attack, objective, steps: 9 },
        random(),
      )
        .sub(x)
        .dataSync()[0];
    expect(run('margin')).toBeCloseTo(-0.1, 6);
    expect(run('cross-entropy')).toBeGreaterThan(-0.1 + 1e-3);
  });

  it('leaves no tensor behind', () => {
    const given = { pixels: pixels(), targets: targets() };
    const model = linearClassifier(weights());
    const before = tf.memory().numTensors;
    projectedGradientDescent(model, given, attack, random()).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('measuring accuracy', () => {
  // Class 0 is redder, class 1 is bluer.
  const scores = (x: Tensor4D) =>
    tf.tidy(() => {
      const means = x.mul(tf.tensor1d([...channelDeviation])).mean([1, 2]); // [N, 3]
      return tf.pad(means.matMul(tf.tensor2d([1, 0, 0, 0, 0, 1], [3, 2])), [
        [0, 0],
        [0, 8],
      ]) as tf.Tensor2D;
    });
  const model = {
    name: 'colour',
    inputSize: 16,
    classNames: shapeClassNames,
    logits: scores,
    features: () => [],
    fromFeatures: scores,
  };

  it('counts each picture once, in the row of its class', () => {
    const { accuracy, confusion } = evaluate(model, { seed: 'count', pictures: 70, size: 16 });
    expect(confusion.map((row) => row.reduce((sum, value) => sum + value, 0))).toEqual(Array(10).fill(7));
    const right = confusion.reduce((sum, row, i) => sum + row[i], 0);
    expect(accuracy).toBe(right / 70);
  });

  it('finds less under attack', () => {
    const options = { seed: 'attack', pictures: 60, size: 16 };
    const attack = { epsilon: 0.3, stepSize: 0.1, steps: 4, objective: 'margin' } as const;
    const clean = evaluate(model, options).accuracy;
    expect(clean).toBeGreaterThan(0);
    expect(evaluate(model, { ...options, attack }).accuracy).toBeLessThan(clean);
  });
});
