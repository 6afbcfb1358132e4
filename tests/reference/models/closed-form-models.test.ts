import * as tf from '@tensorflow/tfjs';
import type { GradSaveFunc, Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const values = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

/** Two pictures of 1 by 2 pixels and 3 channels. */
const pictures = (): Tensor4D => tf.tensor4d([1, 2, 3, 4, 5, 6, -1, 0, 1, 0, 2, 0], [2, 1, 2, 3]);

/** Gradient of one class score with respect to a single picture. */
const scoreGradient = (model: Classifier, label: number, x: Tensor4D, relu?: (t: tf.Tensor) => tf.Tensor) =>
  values(
    tf.grad((image: tf.Tensor) =>
      model
        .logits(image as Tensor4D, relu && { relu })
        .slice([0, label], [1, 1])
        .sum(),
    )(x),
  );

describe('linear classifier', () => {
  // [1, 2, 3, 2]: class 0 sums the red values, class 1 takes the last blue value minus the first green one.
  const weights = () => tf.tensor4d([1, 0, 0, -1, 0, 0, 1, 0, 0, 0, 0, 1], [1, 2, 3, 2]);

  it('scores by the weighted sum of the pixels plus the bias', () => {
    const model = linearClassifier(weights(), tf.tensor1d([10, 20]));
    expect(values(model.logits(pictures()))).toEqual([15, 24, 9, 20]);
  });

  it('has its weights as gradient, whatever the picture and the ReLU', () => {
    const model = linearClassifier(weights());
    const x = tf.randomNormal<tf.Rank.R4>([1, 1, 2, 3], 0, 1, 'float32', 5);
    expect(scoreGradient(model, 1, x)).toEqual([0, -1, 0, 0, 0, 1]);
    expect(scoreGradient(model, 1, x, (t) => tf.zerosLike(t))).toEqual([0, -1, 0, 0, 0, 1]);
  });

  it('refuses weights of another rank', () => {
    expect(() => linearClassifier(tf.zeros<tf.Rank>([6, 2]) as Tensor4D)).toThrow(
      '[H, W, channels, classes], got [6,2]',
    );
  });
});

describe('one convolution', () => {
  // Filter 0 passes the red channel, filter 1 the negated blue one.
  const filters = () => tf.tensor4d([1, 0, 0, 0, 0, -1], [1, 1, 3, 2]);
  const dense = () => tf.tensor2d([1, 2, 3, -4], [2, 2]);

  it('averages the rectified responses and weighs them', () => {
    const model = oneConvolution(filters(), dense(), undefined, tf.tensor1d([0.5, 0]));
    // Picture 0: red 1, 4 -> mean 2.5; blue rectified to 0. Picture 1: red -1, 0 -> 0; -blue -1, 0 -> 0.
    expect(values(model.logits(pictures()))).toEqual([3, 5, 0.5, 0]);
  });

  it('adds the filter bias before the ReLU', () => {
    const model = oneConvolution(filters(), dense(), tf.tensor1d([1, 4]));
    expect(values(model.features(pictures())[0])).toEqual([2, 1, 5, 0, 0, 3, 1, 4]);
  });

  it('spreads the gradient of a score evenly over the active places', () => {
    const model = oneConvolution(filters(), dense());
    const x = tf.tensor4d([1, 0, -1, 1, 0, 1], [1, 1, 2, 3]);
    // Both places see red; only the first sees negative blue. V / (h*w) = 2/2 and -4/2.
    expect(scoreGradient(model, 1, x)).toEqual([1, 0, 2, 1, 0, 0]);
  });

  it('takes pictures of any size and pads with zeros', () => {
    const blur = tf.ones<tf.Rank.R4>([3, 3, 3, 1]);
    const activation = oneConvolution(blur, tf.tensor2d([[1]])).features(tf.ones([1, 2, 3, 3]))[0];
    expect(activation.shape).toEqual([1, 2, 3, 1]);
    expect(values(activation)).toEqual([12, 18, 12, 12, 18, 12]);
  });

  it('refuses a dense layer of another depth', () => {
    expect(() => oneConvolution(filters(), tf.ones<tf.Rank.R2>([3, 2]))).toThrow('got [1,1,3,2] and [3,2]');
  });
});

describe('two-layer ReLU', () => {
  // Unit 0 sees the first red value, unit 1 the first green one, unit 2 the difference of the last two.
  const hidden = () => tf.tensor4d([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, -1], [1, 2, 3, 3]);
  const output = () => tf.tensor2d([1, -1, 2, -2, 3, 3], [3, 2]);

  it('scores by its rectified hidden units', () => {
    const model = twoLayerRelu(hidden(), output(), tf.tensor1d([0, 0, 2]), tf.tensor1d([0, 7]));
    // Picture 0: h = (1, 2, 5 - 6 + 2 = 1). Picture 1: h = (0, 0, 2 - 0 + 2 = 4).
    expect(values(model.features(pictures())[0])).toEqual([1, 2, 1, 0, 0, 4]);
    expect(values(model.logits(pictures()))).toEqual([8, 5, 12, 19]);
  });

  it('lets the gradient pass through active units only', () => {
    const model = twoLayerRelu(hidden(), output());
    const x = tf.tensor4d([1, -1, 0, 0, 3, 1], [1, 1, 2, 3]);
    expect(scoreGradient(model, 0, x)).toEqual([1, 0, 0, 0, 3, -3]);
  });

  it('hands its ReLU to the caller, as guided backpropagation needs', () => {
    const gate = (...inputs: (tf.Tensor | GradSaveFunc)[]) => {
      const [x, save] = inputs as [tf.Tensor, GradSaveFunc];
      save([x]);
      return {
        value: tf.relu(x),
        gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
          dy.mul(saved.greater(0).toFloat()).mul(dy.greater(0).toFloat()),
      };
    };
    const guided = (x: tf.Tensor) => tf.customGrad(gate)(x);
    const model = twoLayerRelu(hidden(), output());
    const x = tf.tensor4d([1, 1, 0, 0, 3, 1], [1, 1, 2, 3]);
    expect(scoreGradient(model, 1, x)).toEqual([-1, -2, 0, 0, 3, -3]);
    expect(scoreGradient(model, 1, x, guided)).toEqual([0, 0, 0, 0, 3, -3]);
  });
});

describe('every closed-form model', () => {
  const models: [string, () => Classifier][] = [
    ['linear', () => linearClassifier(tf.ones([1, 2, 3, 4]), tf.ones([4]))],
    [
      'one convolution',
      () => oneConvolution(tf.ones([3, 3, 3, 2]), tf.ones([2, 4]), tf.ones([2]), tf.ones([4])),
    ],
    ['two-layer', () => twoLayerRelu(tf.ones([1, 2, 3, 5]), tf.ones([5, 4]), tf.ones([5]), tf.ones([4]))],
  ];

  it.each(models)('%s: reaches its logits from its own feature, and names each class', (_name, make) => {
    const model = make();
    const x = pictures();
    const logits = model.logits(x);
    expect(logits.shape).toEqual([2, model.classNames.length]);
    const [feature, ...others] = model.features(x);
    expect(others).toEqual([]);
    expect(values(model.fromFeatures(feature, 0))).toEqual(values(logits));
    expect(() => model.fromFeatures(feature, 1)).toThrow('no feature 1');
  });

  it.each(models)('%s: leaves no tensor behind but those it returns, and keeps its input', (_name, make) => {
    const model = make();
    const x = pictures();
    const before = tf.memory().numTensors;
    model.logits(x, { relu: tf.relu }).dispose();
    const [feature] = model.features(x);
    model.fromFeatures(feature, 0).dispose();
    feature.dispose();
    tf.grad((image: tf.Tensor) => model.logits(image as Tensor4D).sum())(x).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(x.isDisposed).toBe(false);
  });
});
