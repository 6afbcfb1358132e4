import * as tf from '@tensorflow/tfjs';
import type { TensorInfo } from '@tensorflow/tfjs';

/** The parts of the plain backend that a kernel for it needs. */
interface PlainBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): TensorInfo;
}

interface Call {
  readonly inputs: { readonly images: TensorInfo; readonly dy: TensorInfo };
  readonly attrs: tf.ResizeNearestNeighborAttrs;
  readonly backend: PlainBackend;
}

/** For each place along a side of the result, the place of the image that it shows. */
function sources(from: number, to: number, { alignCorners, halfPixelCenters }: Call['attrs']): number[] {
  const aligned = alignCorners && to > 1;
  const ratio = aligned ? (from - 1) / (to - 1) : from / to;
  return Array.from({ length: to }, (_, place) => {
    const source = ratio * (halfPixelCenters ? place + 0.5 : place);
    return Math.min(from - 1, alignCorners ? Math.round(source) : Math.floor(source));
  });
}

function resizeNearestGradient({ inputs: { images, dy }, attrs, backend }: Call): TensorInfo {
  const [batch, height, width, depth] = images.shape;
  const [, toHeight, toWidth] = dy.shape;
  const rows = sources(height, toHeight, attrs);
  const columns = sources(width, toWidth, attrs);
  const gradient = backend.readSync(dy.dataId);
  const sums = new Float64Array(batch * height * width * depth);
  let at = 0;
  for (let image = 0; image < batch; image++) {
    for (const row of rows) {
      for (const column of columns) {
        const to = ((image * height + row) * width + column) * depth;
        for (let channel = 0; channel < depth; channel++) sums[to + channel] += gradient[at++];
      }
    }
  }
  return backend.makeTensorInfo(images.shape, 'float32', Float32Array.from(sums));
}

/**
 * Gives the plain backend the gradient of `resizeNearestNeighbor`: its own is wrong for every image of a batch but
 * the first, ignores `halfPixelCenters`, and never ends where a single pixel is aligned with several.
 */
export function registerResizeNearestGradient(): void {
  tf.unregisterKernel(tf.ResizeNearestNeighborGrad, 'cpu');
  tf.registerKernel({
    kernelName: tf.ResizeNearestNeighborGrad,
    backendName: 'cpu',
    kernelFunc: resizeNearestGradient as unknown as tf.KernelFunc,
  });
}
