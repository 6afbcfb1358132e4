import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { onBackend, prepareSubject } from './gradient-oracles.ts';

beforeAll(async () => {
  await prepareSubject();
});

const listOf = (values: ArrayLike<number>): number[] => Array.from(values);

/** What TensorFlow.js gets wrong on every backend alike, so that comparing two of them would not show it. */
describe.each(['subject', 'cpu'] as const)('on %s', (backend) => {
  const compute = (f: () => tf.Tensor): number[] => listOf(onBackend(backend, f));

  it('cumsum and its gradient go along any axis', () => {
    const x = (): tf.Tensor => tf.tensor2d([1, 2, 3, 4], [2, 2]);
    expect(compute(() => tf.cumsum(x(), -2))).toEqual([1, 2, 4, 6]);
    const weights = [1, 10, 100, 1000];
    const gradient = compute(() =>
      tf.grad((at: tf.Tensor) => tf.mul(tf.cumsum(at, 0), tf.tensor2d(weights, [2, 2])))(x()),
    );
    expect(gradient).toEqual([101, 1010, 100, 1000]);
  });

  it('the gradient of a product goes along axes that are counted from the end', () => {
    const gradient = compute(() =>
      tf.grad((at: tf.Tensor) => tf.prod(at, [-1]))(tf.tensor2d([2, 3, 4, 5], [2, 2])),
    );
    expect(gradient).toEqual([3, 2, 5, 4]);
  });

  it.each([
    ['maximum', tf.maximum, [0, 2]],
    ['minimum', tf.minimum, [2, 0]],
    ['squaredDifference', tf.squaredDifference, [-24, 16]],
  ] as const)('the gradient of %s is summed over what was broadcast', (_, f, [ofOne]) => {
    const other = (): tf.Tensor => tf.tensor2d([4, 10], [2, 1]);
    const gradient = compute(() =>
      tf.grad((at: tf.Tensor) => f(at as tf.Tensor1D, other()))(tf.tensor1d([1])),
    );
    expect(gradient).toEqual([ofOne]);
  });

  it('stacks of matrices that are both broadcast are multiplied in all pairs', () => {
    const [a, b] = [
      (): tf.Tensor => tf.tensor([1, 2], [2, 1, 1, 1]),
      (): tf.Tensor => tf.tensor([10, 20, 30], [1, 3, 1, 1]),
    ];
    expect(compute(() => tf.matMul(a(), b()))).toEqual([10, 20, 30, 20, 40, 60]);
    expect(compute(() => tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y))([a(), b()])[1])).toEqual([
      3, 3, 3,
    ]);
  });

  it('split and unstack into one tensor can be differentiated', () => {
    const x = (): tf.Tensor => tf.tensor2d([1, 2], [1, 2]);
    expect(compute(() => tf.grad((at: tf.Tensor) => tf.square(tf.unstack(at)[0]))(x()))).toEqual([2, 4]);
    expect(compute(() => tf.grad((at: tf.Tensor) => tf.square(tf.split(at, 1)[0]))(x()))).toEqual([2, 4]);
  });

  it('the gradient of resizing is that of the forward pass, pixel centres and batches included', () => {
    const x = (): tf.Tensor4D => tf.reshape(tf.range(0, 12), [2, 2, 3, 1]);
    const resize = (at: tf.Tensor): tf.Tensor =>
      tf.image.resizeNearestNeighbor(at as tf.Tensor4D, [1, 2], false, true);
    const gradient = compute(() => tf.grad(resize)(x()));
    const shown = new Set(compute(() => resize(x())));
    expect(gradient).toEqual(Array.from({ length: 12 }, (_, index) => (shown.has(index) ? 1 : 0)));
    const aligned = compute(() =>
      tf.grad((at: tf.Tensor) => tf.image.resizeNearestNeighbor(at as tf.Tensor4D, [3, 3], true))(
        tf.ones([1, 1, 1, 1]),
      ),
    );
    expect(aligned).toEqual([9]);
  });

  it('conditions that depend on what is differentiated pass no gradient on', () => {
    const x = (): tf.Tensor => tf.tensor1d([-2, 3, 1]);
    const gradient = (f: (at: tf.Tensor) => tf.Tensor): number[] => compute(() => tf.grad(f)(x()));
    const compared = [
      ['greater', [-1, 1, 1]],
      ['greaterEqual', [-1, 1, 1]],
      ['less', [1, -1, -1]],
      ['lessEqual', [1, -1, -1]],
      ['equal', [-1, -1, -1]],
      ['notEqual', [1, 1, 1]],
    ] as const;
    for (const [name, slopes] of compared) {
      expect(gradient((at) => tf.where(at[name](0), at, at.neg()))).toEqual(slopes);
    }
    expect(gradient((at) => at.mul(at.greater(0)))).toEqual([0, 1, 1]);
    const between = (at: tf.Tensor): tf.Tensor => tf.logicalAnd(at.greater(0), at.less(2));
    expect(gradient((at) => tf.where(between(at), at.square(), at))).toEqual([1, 1, 2]);
    expect(gradient((at) => tf.where(tf.logicalNot(between(at)), at.square(), at))).toEqual([-4, 6, 1]);
    expect(gradient((at) => tf.where(tf.logicalOr(at.less(0), between(at)), at.square(), at))).toEqual([
      -4, 1, 2,
    ]);
    expect(gradient((at) => tf.where(at.greater(5).any(), at, at.square()))).toEqual([-4, 6, 2]);
    expect(gradient((at) => tf.where(at.greater(-5).all(), at, at.square()))).toEqual([1, 1, 1]);
  });

  it('einsum can be differentiated', () => {
    const gradient = compute(() =>
      tf.grad((at: tf.Tensor) => tf.einsum('ij,ij->', at, at))(tf.tensor2d([1, 2], [1, 2])),
    );
    expect(gradient).toEqual([2, 4]);
  });
});

describe('multinomial on WASM', () => {
  it('draws classes as often as they are probable', () => {
    const probabilities = [0.5, 0.2, 0.3];
    const draws = onBackend('subject', () => tf.multinomial(tf.log(tf.tensor1d(probabilities)), 20_000, 7));
    probabilities.forEach((probability, label) => {
      const share = draws.filter((drawn) => drawn === label).length / draws.length;
      expect(Math.abs(share - probability)).toBeLessThan(0.02);
    });
  });
});
