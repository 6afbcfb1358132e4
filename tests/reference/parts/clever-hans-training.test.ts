import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { shuffledBatches } from '../../../reference/parts/clever-hans/batches.ts';
import { trainClassifier } from '../../../reference/parts/clever-hans/clever-hans.ts';
import { initialWeights, weightVector } from '../../../reference/parts/clever-hans/small-network.ts';
import { finiteDifferences, largestError, noiseImages } from './float64-networks.ts';
import { linearScores, softmax } from './float64-scores.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const integers = (values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');

describe('batches', () => {
  it('go through all pictures once an epoch, in another order each time, the rest in a smaller batch', () => {
    const batches = shuffledBatches({ count: 11, batchSize: 4, epochs: 2, seed: 's' });
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 3, 4, 4, 3]);
    const epochs = [batches.slice(0, 3).flat(), batches.slice(3).flat()];
    for (const epoch of epochs) {
      expect(epoch.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 11 }, (_, i) => i));
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(shuffledBatches({ count: 11, batchSize: 4, epochs: 2, seed: 's' })).toEqual(batches);
  });
});

describe('training', () => {
  const schedule = { learningRate: 0.1, momentum: 0.7, batchSize: 4, epochs: 3, seed: 'schedule' };

  it('is momentum descent on softmax regression: the closed-form gradient in float64, three epochs', () => {
    const [count, size, classes] = [10, 3, 3];
    const inputs = size * size * 3;
    const images = noiseImages('training pictures', [count, size, size, 3]);
    const labels = Array.from({ length: count }, (_, i) => (i * i) % classes);
    const initial = initialWeights({ size, filters: [], classes, seed: 'start' });
    const [x, w] = [images.dataSync(), Float64Array.from(initial['dense.weight'].dataSync())];
    const b = new Float64Array(classes);
    const [velocityW, velocityB] = [new Float64Array(w.length), new Float64Array(classes)];
    const losses: number[] = [];
    for (const batch of shuffledBatches({ count, ...schedule })) {
      const [gradientW, gradientB] = [new Float64Array(w.length), new Float64Array(classes)];
      let loss = 0;
      for (const n of batch) {
        const picture = x.slice(n * inputs, (n + 1) * inputs);
        const probabilities = softmax(linearScores(picture, w, b));
        loss -= Math.log(probabilities[labels[n]]) / batch.length;
        probabilities.forEach((probability, y) => {
          const error = (probability - (y === labels[n] ? 1 : 0)) / batch.length;
          gradientB[y] += error;
          for (let i = 0; i < inputs; i++) gradientW[i * classes + y] += error * picture[i];
        });
      }
      losses.push(loss);
      const step = (weights: Float64Array, velocity: Float64Array, gradient: Float64Array): void =>
        weights.forEach((_, i) => {
          velocity[i] = schedule.momentum * velocity[i] + gradient[i];
          weights[i] -= schedule.learningRate * velocity[i];
        });
      step(w, velocityW, gradientW);
      step(b, velocityB, gradientB);
    }
    const trained = trainClassifier({ images, labels: integers(labels) }, { initial, ...schedule });
    expect(Object.keys(trained.weights).toSorted()).toEqual(['dense.bias', 'dense.weight']);
    expect(largestError(trained.weights['dense.weight'].dataSync(), w)).toBeLessThan(1e-5);
    expect(largestError(trained.weights['dense.bias'].dataSync(), b)).toBeLessThan(1e-5);
    expect(largestError(trained.losses, losses)).toBeLessThan(1e-5);
  });

  it('follows the slope of the loss through convolution, ReLU and pooling: finite differences in float64', () => {
    const [count, size, filters, classes] = [2, 4, 2, 2];
    const images = noiseImages('small pictures', [count, size, size, 3]);
    const labels = [1, 0];
    const initial = initialWeights({ size, filters: [filters], classes, seed: 'convolution' });
    const x = images.dataSync();
    const inputs = (size / 2) ** 2 * filters;
    const [filterSize, denseSize] = [27 * filters, inputs * classes];
    // In the order of weightVector: filter bias, filter, dense bias, dense weights.
    const lossOf = (v: Float64Array): number => {
      const [filterBias, filter] = [v.slice(0, filters), v.slice(filters, filters + filterSize)];
      const rest = v.slice(filters + filterSize);
      const [denseBias, dense] = [rest.slice(0, classes), rest.slice(classes, classes + denseSize)];
      let loss = 0;
      for (let n = 0; n < count; n++) {
        const pooled = new Float64Array(inputs);
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) {
            for (let k = 0; k < filters; k++) {
              let sum = filterBias[k];
              for (let i = -1; i <= 1; i++) {
                for (let j = -1; j <= 1; j++) {
                  if (row + i < 0 || row + i >= size || column + j < 0 || column + j >= size) continue;
                  for (let c = 0; c < 3; c++) {
                    const pixel = x[((n * size + row + i) * size + column + j) * 3 + c];
                    sum += pixel * filter[(((i + 1) * 3 + j + 1) * 3 + c) * filters + k];
                  }
                }
              }
              const place = Math.floor(row / 2) * (size / 2) + Math.floor(column / 2);
              pooled[place * filters + k] += Math.max(0, sum) / 4;
            }
          }
        }
        loss -= Math.log(softmax(linearScores(pooled, dense, denseBias))[labels[n]]) / count;
      }
      return loss;
    };
    const start = Float64Array.from(weightVector(initial).dataSync());
    const slope = finiteDifferences(lossOf, start);
    const options = { initial, learningRate: 1, momentum: 0.9, batchSize: count, epochs: 1, seed: 's' };
    const { weights, losses } = trainClassifier({ images, labels: integers(labels) }, options);
    const moved = weightVector(initial).sub(weightVector(weights)).dataSync();
    expect(losses).toHaveLength(1);
    expect(losses[0]).toBeCloseTo(lossOf(start), 5);
    expect(largestError(moved, slope)).toBeLessThan(1e-4);
  });

  it('leaves the initial weights as they are and no tensors behind but the trained ones', () => {
    const images = noiseImages('training pictures', [6, 4, 4, 3]);
    const labels = integers([0, 1, 2, 0, 1, 2]);
    const initial = initialWeights({ size: 4, filters: [3], classes: 3, seed: 'start' });
    const before = [...weightVector(initial).dataSync()];
    const tensors = tf.memory().numTensors;
    const { weights } = trainClassifier({ images, labels }, { initial, ...schedule });
    expect(tf.memory().numTensors).toBe(tensors + Object.keys(weights).length);
    expect([...weightVector(initial).dataSync()]).toEqual(before);
  });
});
