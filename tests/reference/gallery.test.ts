import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gallery, gallerySource } from '../../reference/lib/gallery.ts';
import { linearClassifier } from '../../reference/lib/models/linear.ts';
import { fromImages } from '../../reference/lib/picture/tensors.ts';
import { createRaster } from '../../reference/lib/picture/raster.ts';
import { drawShape, streamLabel } from '../../reference/lib/shapes/draw-shape.ts';
import { shapeClassNames } from '../../reference/lib/shapes/shape-classes.ts';
import { shapeImages } from '../../reference/lib/shapes/shape-images.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const side = 16;
/** Scores an image by its red pixels (class 0), green ones (class 1) or blue ones (class 2). */
const colours = linearClassifier(tf.eye(3).reshape([1, 1, 3, 3]).tile([side, side, 1, 1]) as tf.Tensor4D);

describe('the gallery', () => {
  it('shows shapes of different classes under their true names to a model of the shapes', () => {
    const model = { ...colours, classNames: shapeClassNames };
    const { images, labels, names } = gallery(model);
    const { seed, count } = gallerySource;
    expect(images.shape).toEqual([count, side, side, 3]);
    expect(names).toEqual(Array.from({ length: count }, (_, i) => shapeClassNames[streamLabel(seed, i)]));
    expect(names).toEqual([...labels.dataSync()].map((label) => shapeClassNames[label]));
    expect(new Set(names).size).toBe(count);
  });

  it('cuts given pictures to squares of the model’s size and takes the predicted class', () => {
    const red = createRaster(40, 20, [1, 0, 0]);
    const blue = createRaster(16, 30, [0, 0, 1]);
    const { images, labels, names } = gallery(colours, [red, blue]);
    expect(images.shape).toEqual([2, side, side, 3]);
    expect([...labels.dataSync()]).toEqual([0, 2]);
    expect(names).toEqual(colours.classNames.filter((_, i) => i !== 1));
  });

  it('takes the predicted class of shapes too when the model does not know them', () => {
    const { images, labels } = gallery(colours);
    expect([...labels.dataSync()]).toEqual([...colours.logits(images).argMax(1).dataSync()]);
  });
});

describe('shape images', () => {
  it('are the drawn pictures, preprocessed', () => {
    const options = { seed: 'some', start: 3, count: 2, size: side };
    const [, second] = fromImages(shapeImages(options));
    const drawn = drawShape({ seed: 'some', index: 4, size: side });
    second.data.forEach((value, i) => expect(value).toBeCloseTo(drawn.rgb[i], 5));
  });
});
