import { drawShape } from './draw-shape.ts';

/** Which pictures to draw. */
export interface ShapeBatchOptions {
  readonly seed: string | number;
  /** Index of the first picture in the stream. */
  readonly start: number;
  readonly count: number;
  /** Height and width in pixels. */
  readonly size: number;
  /** The class of each picture. Default: the stream's own choice. */
  readonly labels?: readonly number[];
}

/** `N` pictures as plain arrays, ready for `tf.tensor4d(images, [N, size, size, 3])`. */
export interface ShapeBatch {
  /** `[N, size, size, 3]`, in [0, 1]. */
  readonly images: Float32Array;
  /** `[N]`, indices into `shapeClassNames`. */
  readonly labels: Int32Array;
  /** `[N, size, size]`, the share of each pixel that the object covers. */
  readonly masks: Float32Array;
}

/** Draws `count` pictures of a stream, from `start` on. */
export function shapeBatch({ seed, start, count, size, labels }: ShapeBatchOptions): ShapeBatch {
  const pixels = size * size;
  const batch = {
    images: new Float32Array(count * pixels * 3),
    labels: new Int32Array(count),
    masks: new Float32Array(count * pixels),
  };
  for (let i = 0; i < count; i++) {
    const picture = drawShape({ seed, index: start + i, size, label: labels?.[i] });
    batch.images.set(picture.rgb, i * pixels * 3);
    batch.labels[i] = picture.label;
    batch.masks.set(picture.mask, i * pixels);
  }
  return batch;
}
