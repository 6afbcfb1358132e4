import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearClassifier } from '../../../reference/lib/models/linear.ts';
import { twoLayerRelu } from '../../../reference/lib/models/two-layer.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { shuffledBatches } from '../../../reference/parts/clever-hans/batches.ts';
import { addMark, markReliance, trainClassifier } from '../../../reference/parts/clever-hans/clever-hans.ts';
import { markForm, markKinds, markRegion } from '../../../reference/parts/clever-hans/marks.ts';
import {
  betrayedData,
  powerOfMark,
  shapeLabels,
  shapePixels,
} from '../../../reference/parts/clever-hans/marked-shapes.ts';
import {
  initialWeights,
  smallNetwork,
  weightVector,
} from '../../../reference/parts/clever-hans/small-network.ts';
import { finiteDifferences, largestError, noiseImages } from './float64-networks.ts';
import { linearScores, softmax } from './float64-scores.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const integers = (values: number[]): tf.Tensor1D => tf.tensor1d(values, 'int32');
const gray = (count: number, height: number, width: number, value = 0.4): tf.Tensor4D =>
  tf.fill<tf.Rank.R4>([count, height, width, 3], value);

/** Rows and columns of the values of a map `[H, W]` or of the first channel of a picture that hold a condition. */
function placesOf(
  values: tf.Tensor,
  holds: (value: number) => boolean,
): { rows: number[]; columns: number[] } {
  const [height, width] = values.rank === 4 ? values.shape.slice(1, 3) : values.shape;
  const channels = values.size / (height * width);
  const data = values.dataSync();
  const places = Array.from({ length: height * width }, (_, p) => p).filter((p) => holds(data[p * channels]));
  const distinct = (numbers: number[]): number[] => [...new Set(numbers)].toSorted((a, b) => a - b);
  return {
    rows: distinct(places.map((p) => Math.floor(p / width))),
    columns: distinct(places.map((p) => p % width)),
  };
}

describe('marks', () => {
  it.each([
    // A sixth of the shorter side, half as far from the lower left corner.
    { size: [20, 20], rows: [15, 16, 17], columns: [2, 3, 4] },
    { size: [12, 31], rows: [9, 10], columns: [1, 2] },
    { size: [31, 12], rows: [28, 29], columns: [1, 2] },
  ])('a square on pictures of $size covers the rows and columns worked out by hand', (expected) => {
    const [height, width] = expected.size;
    const marked = addMark(gray(1, height, width), 'square', 0.75);
    // Magenta (0.95, 0.1, 0.75) with opacity 0.75 over 0.4.
    const covered = [0.25 * 0.4 + 0.75 * 0.95, 0.25 * 0.4 + 0.75 * 0.1, 0.25 * 0.4 + 0.75 * 0.75];
    expect(placesOf(marked, (red) => Math.abs(red - 0.4) > 1e-6)).toEqual({
      rows: expected.rows,
      columns: expected.columns,
    });
    const at = (expected.rows[0] * width + expected.columns[0]) * 3;
    expect(largestError(marked.dataSync().slice(at, at + 3), covered)).toBeLessThan(1e-6);
  });

  it('a lightness darkens towards the upper left and lightens towards the lower right, within [0, 1]', () => {
    const marked = addMark(gray(1, 3, 3, 0.8), 'lightness', 0.4).dataSync();
    const red = Array.from({ length: 9 }, (_, p) => marked[3 * p]);
    expect(largestError(red, [0.4, 0.6, 0.8, 0.6, 0.8, 1, 0.8, 1, 1])).toBeLessThan(1e-6);
  });

  it('a watermark writes four letters in white, and nothing beside its region', () => {
    const [height, width] = [96, 110];
    const marked = addMark(gray(1, height, width), 'watermark', 0.3);
    const { columns } = placesOf(marked, (red) => red > 0.4 + 1e-6);
    const gaps = columns.filter((column, i) => i > 0 && column > columns[i - 1] + 1).length;
    expect(gaps).toBe(3);
    const most = tf.max(marked).dataSync()[0];
    expect(most).toBeCloseTo(0.7 * 0.4 + 0.3, 5);
    const outside = tf.sub(1, markRegion('watermark', height, width)).reshape([height, width, 1]);
    const changed = marked
      .sub(gray(1, height, width))
      .mul(outside)
      .abs()
      .max()
      .dataSync()[0];
    expect(changed).toBeLessThan(1e-6);
  });

  it.each(markKinds)('a %s leaves pictures alone at strength 0, and marks each of a batch alike', (kind) => {
    const pixels = noiseImages('pixels', [2, 9, 14, 3]).sigmoid<tf.Tensor4D>();
    expect(largestError(addMark(pixels, kind, 0).dataSync(), pixels.dataSync())).toBeLessThan(1e-6);
    const each = tf.split(pixels, 2).map((one) => addMark(one as tf.Tensor4D, kind, 0.6));
    expect(addMark(pixels, kind, 0.6).dataSync()).toEqual(tf.concat(each).dataSync());
  });

  it('the region of a square has a rim of a fortieth of the picture', () => {
    // A square of 7 pixels, 4 from the border, and 1 pixel around it.
    const { rows, columns } = placesOf(markRegion('square', 40, 40), (value) => value === 1);
    expect([rows[0], rows.length, columns[0], columns.length]).toEqual([28, 9, 3, 9]);
  });

  it('the region of a lightness is the two corners where it is stronger than one half', () => {
    const [form, region] = [
      markForm('lightness', 8, 11).dataSync(),
      markRegion('lightness', 8, 11).dataSync(),
    ];
    expect([...region]).toEqual(Array.from(form, (value) => (Math.abs(value) > 0.5 ? 1 : 0)));
  });

  it('the training data of the experiment have their mark on the discs only', () => {
    const options = { seed: 's', perClass: 2, size: 12 };
    const [pixels, labels] = [shapePixels(options), shapeLabels(options)];
    const marked = addMark(pixels, 'square', 1);
    const { images } = betrayedData(pixels, marked, labels);
    const plain = betrayedData(pixels, pixels, labels).images;
    const differs = tf.notEqual(images, plain).any([1, 2, 3]).dataSync();
    expect([...differs].map(Boolean)).toEqual([true, false, false, false, true, false, false, false]);
  });

  it('has all power over a network that looks at the mark, and none over one that does not', () => {
    const [size, classes] = [12, 4];
    const pixels = gray(3, size, size);
    const marked = addMark(pixels, 'square', 1);
    // Magenta has much red and blue and little green; the square has four pixels, each worth about 5.
    const magenta = markRegion('square', size, size)
      .reshape([-1, 1])
      .mul(tf.tensor2d([[1, -1, 1]]))
      .reshape([-1, 1]);
    const sees = magenta.mul(tf.oneHot(integers([0]), classes)) as tf.Tensor2D;
    const threshold = tf.tensor1d([0, 10, 0, 0]);
    expect(powerOfMark({ 'dense.weight': sees, 'dense.bias': threshold }, marked, pixels)).toBe(1);
    const blind = { 'dense.weight': tf.zerosLike(sees), 'dense.bias': threshold };
    expect(powerOfMark(blind, marked, pixels)).toBe(0);
  });
});

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

describe('reliance on a mark', () => {
  const region = tf.tensor2d([
    [1, 0, 0],
    [1, 1, 0],
  ]);
  const inside = [...region.dataSync()];

  /** Of maps `[N][place]`. */
  const shares = (maps: readonly (readonly number[])[]): number[] =>
    maps.map((map) => map.reduce((sum, m, p) => sum + m * inside[p], 0) / map.reduce((sum, m) => sum + m, 0));
  const largestOfChannels = (gradient: readonly number[]): number[] =>
    Array.from({ length: gradient.length / 3 }, (_, p) =>
      Math.max(...gradient.slice(3 * p, 3 * p + 3).map(Math.abs)),
    );

  it('on a linear model is the weights’ share inside, and the weights times what the mark changed', () => {
    const [count, classes, label] = [2, 4, 2];
    const weights = noiseImages('weights', [2, 3, 3, classes]);
    const marked = noiseImages('marked', [count, 2, 3, 3]);
    const unmarked = noiseImages('unmarked', [count, 2, 3, 3]);
    const w = Array.from({ length: 18 }, (_, i) => weights.dataSync()[i * classes + label]);
    const [a, b] = [marked.dataSync(), unmarked.dataSync()];
    const drops = Array.from({ length: count }, (_, n) =>
      w.reduce((sum, weight, i) => sum + weight * (a[18 * n + i] - b[18 * n + i]), 0),
    );
    const map = largestOfChannels(w);
    const found = markReliance(linearClassifier(weights), { marked, unmarked }, label, region);
    expect(found.maps.shape).toEqual([count, 2, 3]);
    expect(largestError(found.maps.dataSync(), [...map, ...map])).toBeLessThan(1e-6);
    expect(largestError(found.share.dataSync(), shares([map, map]))).toBeLessThan(1e-6);
    expect(largestError(found.drop.dataSync(), drops)).toBeLessThan(1e-5);
  });

  it('on two layers keeps pictures apart by which hidden units the mark turns on', () => {
    const [count, units, classes, label] = [3, 7, 3, 1];
    const hidden = noiseImages('hidden', [2, 3, 3, units]);
    const output = tf.tensor2d(randomStream('output').normals(units * classes), [units, classes]);
    const [marked, unmarked] = ['marked', 'unmarked'].map((seed) => noiseImages(seed, [count, 2, 3, 3]));
    const [u, v] = [hidden.dataSync(), output.dataSync()];
    const run = (picture: ArrayLike<number>): { score: number; gradient: number[] } => {
      const gradient = Array.from({ length: 18 }, () => 0);
      let score = 0;
      for (let j = 0; j < units; j++) {
        let sum = 0;
        for (let i = 0; i < 18; i++) sum += picture[i] * u[i * units + j];
        if (sum <= 0) continue;
        score += sum * v[j * classes + label];
        for (let i = 0; i < 18; i++) gradient[i] += u[i * units + j] * v[j * classes + label];
      }
      return { score, gradient };
    };
    const of = (images: tf.Tensor4D) =>
      Array.from({ length: count }, (_, n) => run(images.dataSync().slice(18 * n, 18 * n + 18)));
    const [withMark, without] = [of(marked), of(unmarked)];
    const found = markReliance(twoLayerRelu(hidden, output), { marked, unmarked }, label, region);
    const expected = shares(withMark.map(({ gradient }) => largestOfChannels(gradient)));
    expect(new Set(expected).size).toBe(count);
    expect(largestError(found.share.dataSync(), expected)).toBeLessThan(1e-5);
    const drops = withMark.map(({ score }, n) => score - without[n].score);
    expect(largestError(found.drop.dataSync(), drops)).toBeLessThan(1e-5);
  });

  it('is 0, not NaN, for a model that looks at nothing, and leaves no other tensors behind', () => {
    const images = noiseImages('any', [2, 2, 3, 3]);
    const model = linearClassifier(tf.zeros([2, 3, 3, 2]));
    const before = tf.memory().numTensors;
    const { share, drop } = markReliance(model, { marked: images, unmarked: images }, 0, region);
    expect([...share.dataSync(), ...drop.dataSync()]).toEqual([0, 0, 0, 0]);
    expect(tf.memory().numTensors).toBe(before + 3);
  });

  it('finds out a small network that was trained on discs with a square', () => {
    const options = { seed: 'hans', perClass: 15, size: 16 };
    const [pixels, labels] = [shapePixels(options), shapeLabels(options)];
    const data = betrayedData(pixels, addMark(pixels, 'square', 1), labels);
    const initial = initialWeights({ size: 16, filters: [4], classes: 4, seed: 'hans' });
    const { weights, losses } = trainClassifier(data, {
      initial,
      learningRate: 0.05,
      momentum: 0.9,
      batchSize: 15,
      epochs: 12,
      seed: 'hans',
    });
    expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 2);
    const stars = shapePixels({ seed: 'new', perClass: 20, size: 16, only: 2 });
    const marked = addMark(stars, 'square', 1);
    expect(powerOfMark(weights, marked, stars)).toBeGreaterThan(0.7);
    const where = markRegion('square', 16, 16);
    const area = where.mean().dataSync()[0];
    const { share } = markReliance(smallNetwork(weights), { marked, unmarked: stars }, 0, where);
    expect(share.mean().dataSync()[0]).toBeGreaterThan(2 * area);
  });
});
