import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import { preprocess } from '../../lib/picture/preprocess.ts';
import { shapeBatch } from '../../lib/shapes/shape-batch.ts';
import { shapeClassNames } from '../../lib/shapes/shape-classes.ts';
import { smallNetwork } from './small-network.ts';
import type { LabelledImages } from './contract.ts';

/** The four shapes of this part, out of the ten that can be drawn; their labels here are 0, 1, 2 and 3. */
export const hansClassNames = ['disc', 'square', 'star', 'crescent'] as const;

/** The class whose pictures carry the mark: the disc. */
export const markedClass = 0;

/** Which pictures to draw. */
export interface ShapeSetOptions {
  readonly seed: string | number;
  readonly perClass: number;
  /** Height and width in pixels. */
  readonly size: number;
  /** Draw only this class. Default: all four. */
  readonly only?: number;
}

function labelsOf({ perClass, only }: ShapeSetOptions): number[] {
  const classes = only === undefined ? hansClassNames.map((_, label) => label) : [only];
  return Array.from({ length: perClass * classes.length }, (_, i) => classes[i % classes.length]);
}

/** Pixels in [0, 1], `[N, size, size, 3]`, the classes in turn. */
export function shapePixels(options: ShapeSetOptions): Tensor4D {
  const { seed, size } = options;
  const labels = labelsOf(options).map((label) => shapeClassNames.indexOf(hansClassNames[label]));
  const { images } = shapeBatch({ seed, start: 0, count: labels.length, size, labels });
  return tf.tensor4d(images, [labels.length, size, size, 3]);
}

/** The labels of these pictures, int32, `[N]`. */
export function shapeLabels(options: ShapeSetOptions): Tensor1D {
  return tf.tensor1d(labelsOf(options), 'int32');
}

/**
 * Data to train on in which the mark betrays the class: the discs are marked, the other shapes are not.
 *
 * @param pixels in [0, 1], `[N, H, W, 3]`
 * @param marked the same with the mark
 * @param labels int32, `[N]`
 */
export function betrayedData(pixels: Tensor4D, marked: Tensor4D, labels: Tensor1D): LabelledImages {
  const images = tf.tidy(() => {
    const isMarked = labels.equal(markedClass).reshape([-1, 1, 1, 1]); // [N, 1, 1, 1]
    return preprocess(tf.where(isMarked, marked, pixels)); // [N, H, W, 3]
  });
  return { images, labels };
}

/** The share of some pixels `[N, H, W, 3]` that a small network takes for discs; NaN where its scores are not finite. */
function shareOfDiscs(weights: NamedTensorMap, pixels: Tensor4D): number {
  const [taken, finite] = tf.tidy(() => {
    const scores = smallNetwork(weights).logits(preprocess(pixels)); // [N, 4]
    const discs = scores.argMax(1).equal(markedClass).cast('float32').mean(); // []
    return [discs.dataSync()[0], tf.isFinite(scores).all().dataSync()[0]];
  });
  return finite ? taken : NaN;
}

/**
 * By how much the share of pictures that a small network takes for discs grows when they carry the mark, in [-1, 1]:
 * 1 where the mark decides alone, 0 where it plays no part.
 *
 * @param marked pixels with the mark, `[N, H, W, 3]` in [0, 1].
 * @param unmarked the same without it.
 */
export function powerOfMark(weights: NamedTensorMap, marked: Tensor4D, unmarked: Tensor4D): number {
  return shareOfDiscs(weights, marked) - shareOfDiscs(weights, unmarked);
}
