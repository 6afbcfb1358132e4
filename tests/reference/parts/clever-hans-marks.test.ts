import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { addMark } from '../../../reference/parts/clever-hans/clever-hans.ts';
import { markForm, markKinds, markRegion } from '../../../reference/parts/clever-hans/marks.ts';
import {
  betrayedData,
  powerOfMark,
  shapeLabels,
  shapePixels,
} from '../../../reference/parts/clever-hans/marked-shapes.ts';
import { largestError, noiseImages } from './float64-networks.ts';

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
