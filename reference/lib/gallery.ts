import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import { preprocess } from './picture/preprocess.ts';
import { cropSquare, type Raster } from './picture/raster.ts';
import { resize } from './picture/resize.ts';
import { toPixels } from './picture/tensors.ts';
import { shapeClassNames } from './shapes/shape-classes.ts';
import { shapeImages } from './shapes/shape-images.ts';
import { streamLabel } from './shapes/draw-shape.ts';

/** Pictures and the class that each is to be explained for. */
export interface Gallery {
  /** Preprocessed, `[N, H, W, 3]`, as large as the model takes them. */
  readonly images: Tensor4D;
  /** int32, `[N]`. */
  readonly labels: Tensor1D;
  /** The names of these classes. */
  readonly names: readonly string[];
}

/** The pictures that the course shows: five of different classes, of a stream that no network was trained on. */
export const gallerySource = { seed: 'gallery', start: 0, count: 5 } as const;

function knowsShapes({ classNames }: Classifier): boolean {
  return classNames.join() === shapeClassNames.join();
}

/** Stands for the pictures that are drawn. */
const drawn = {};
/** What models said of pictures: several parts show the same ones. */
const predicted = new WeakMap<Classifier, WeakMap<object, readonly number[]>>();

/** The class that a model gives each of its images of some pictures, or of those that are drawn. */
function predictions(
  model: Classifier,
  images: Tensor4D,
  pictures: readonly Raster[] | undefined,
): readonly number[] {
  const ofModel = predicted.get(model) ?? new WeakMap<object, readonly number[]>();
  predicted.set(model, ofModel);
  const known = ofModel.get(pictures ?? drawn);
  if (known) return known;
  const classes = tf.tidy(() => [...model.logits(images).argMax(1).dataSync()]);
  ofModel.set(pictures ?? drawn, classes);
  return classes;
}

/**
 * Pictures for a model. Those that are given are cut to squares; without any, five of the shapes are drawn. The class
 * is the true one where it is known, which is for drawn shapes and a model of these classes and where it is given,
 * else the predicted one.
 */
export function gallery(model: Classifier, pictures?: readonly Raster[], given?: readonly number[]): Gallery {
  const side = model.inputSize;
  const { seed, start, count } = gallerySource;
  const images = pictures ? imagesOf(pictures, side) : shapeImages({ seed, start, count, size: side });
  const isKnown = pictures === undefined && knowsShapes(model);
  const known = isKnown ? Array.from({ length: count }, (_, i) => streamLabel(seed, start + i)) : given;
  const labels = tf.tensor1d([...(known ?? predictions(model, images, pictures))], 'int32');
  return { images, labels, names: [...labels.dataSync()].map((label) => model.classNames[label]) };
}

/** The middle square of each picture, preprocessed, `[N, side, side, 3]`. */
function imagesOf(pictures: readonly Raster[], side: number): Tensor4D {
  const squares = pictures.map((picture) => resize(cropSquare(picture), { width: side, height: side }));
  return tf.tidy(() => preprocess(toPixels(squares)));
}
