import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { deprocess } from './preprocess.ts';
import type { Raster, ScalarMap } from './raster.ts';

/** Pictures of one size as a batch of pixels, `[N, H, W, 3]` in [0, 1]. */
export function toPixels(rasters: readonly Raster[]): Tensor4D {
  const [{ width, height }] = rasters;
  const data = new Float32Array(rasters.length * height * width * 3);
  rasters.forEach((raster, i) => {
    if (raster.width !== width || raster.height !== height) {
      const sizes = `${width}x${height} and ${raster.width}x${raster.height}`;
      throw new RangeError(`pictures of one batch must have one size, not ${sizes}; resize them first`);
    }
    data.set(raster.data, i * height * width * 3);
  });
  return tf.tensor4d(data, [rasters.length, height, width, 3]);
}

/** One picture, such as a figure, as a tensor: `[H, W, 3]` in [0, 1]. */
export function pictureTensor(raster: Raster): Tensor3D {
  return tf.tidy(() => toPixels([raster]).squeeze<Tensor3D>([0]));
}

/** The pictures of a batch of pixels `[N, H, W, 3]`; values outside of [0, 1] are clipped. */
export function fromPixels(pixels: Tensor4D): Raster[] {
  const [count, height, width] = pixels.shape;
  // Read outside of tf.tidy, which would look for tensors among all the numbers that it returns.
  const clipped = tf.clipByValue(pixels, 0, 1);
  const data = clipped.dataSync<'float32'>();
  clipped.dispose();
  const length = height * width * 3;
  return Array.from({ length: count }, (_, i) => ({
    width,
    height,
    data: data.slice(i * length, (i + 1) * length),
  }));
}

/** The pictures of a batch of preprocessed images `[N, H, W, 3]`. */
export function fromImages(images: Tensor4D): Raster[] {
  const pixels = deprocess(images);
  const rasters = fromPixels(pixels);
  pixels.dispose();
  return rasters;
}

/** The maps of a batch `[N, H, W]`, or of one map `[H, W]`. */
export function scalarMaps(maps: Tensor2D | Tensor3D): ScalarMap[] {
  const [height, width] = maps.shape.slice(-2);
  const data = maps.dataSync<'float32'>();
  const length = height * width;
  return Array.from({ length: data.length / length }, (_, i) => ({
    width,
    height,
    values: Float32Array.from(data.subarray(i * length, (i + 1) * length)),
  }));
}
