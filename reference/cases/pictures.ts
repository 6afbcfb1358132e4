import type { Argument } from '../../grader/format/call-plan.ts';
import type * as preprocessing from '../lib/picture/preprocess.ts';
import type * as tensors from '../lib/picture/tensors.ts';
import type * as shapeImages from '../lib/shapes/shape-images.ts';
import { templateModule } from './template-module.ts';

const shapesModule = templateModule<typeof shapeImages>('lib/shapes/shape-images.ts');
const tensorsModule = templateModule<typeof tensors>('lib/picture/tensors.ts');

/** What leads from pixels in [0, 1] to images as networks take them, and back. */
export const preprocessModule = templateModule<typeof preprocessing>('lib/picture/preprocess.ts');

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
  return shapesModule.given('shapeImages', [{ json: { ...source } }]);
}

/** A drawn shape of each of these classes. */
export function shapesOf(
  labels: readonly number[],
  { seed, size }: Pick<ShapeSource, 'seed' | 'size'>,
): Argument {
  return shapes({ seed, start: 0, count: labels.length, size, labels });
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
  const raster = templateModule<Record<Scene, unknown>>(scenes[scene]).given(scene, [{ number: size }]);
  return preprocessModule.given('preprocess', [tensorsModule.given('toPixels', [{ list: [raster] }])]);
}
