import type { Argument } from '../../grader/format/call-plan.ts';
import type { TensorData } from '../../grader/assignment/define.ts';
import { integers } from '../../grader/format/literals.ts';
import { gallerySource } from '../lib/gallery.ts';
import { shapesModel } from '../lib/models/shapes-classifier.ts';
import { streamLabel } from '../lib/shapes/draw-shape.ts';
import { given } from './given.ts';

/** Which drawn shapes: a piece of a stream, with other classes than the stream's where `labels` says so. */
export interface ShapeSource {
  readonly seed: string;
  readonly start: number;
  readonly count: number;
  readonly size: number;
  readonly labels?: readonly number[];
}

/** Drawn shapes, preprocessed: `[count, size, size, 3]`. */
export function shapes(source: ShapeSource): Argument {
  return given('lib/shapes/shape-images.ts', 'shapeImages', [{ json: { ...source } }]);
}

/** The pictures that the drivers show, with their classes. */
export function galleryInputs(): { images: Argument; labels: TensorData; names: Argument } {
  const { seed, start, count } = gallerySource;
  const labels = Array.from({ length: count }, (_, i) => streamLabel(seed, start + i));
  return {
    images: shapes({ seed, start, count, size: shapesModel.inputSize }),
    labels: integers(labels),
    names: { json: labels.map((label) => shapesModel.classNames[label]) },
  };
}

const scenes = {
  landscape: 'lib/shapes/landscape.ts',
  whirlingStrokes: 'lib/shapes/whirling-strokes.ts',
  geometricMosaic: 'lib/shapes/geometric-mosaic.ts',
  wavyBands: 'lib/shapes/wavy-bands.ts',
} as const;
export type Scene = keyof typeof scenes;

/** A scene for style transfer, preprocessed: `[1, size, size, 3]`. */
export function painted(scene: Scene, size: number): Argument {
  const raster = given(scenes[scene], scene, [{ number: size }]);
  const pixels = given('lib/picture/tensors.ts', 'toPixels', [{ list: [raster] }]);
  return given('lib/picture/preprocess.ts', 'preprocess', [pixels]);
}
