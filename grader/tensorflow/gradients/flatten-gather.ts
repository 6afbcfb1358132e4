import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

type ShapeInfo = ReturnType<typeof tf.backend_util.segment_util.collectGatherOpShapeInfo>;

/** The shapes of a gather as one of `[batch, outer, dim, slice]` by `[batch, count]` indices. */
export function flattenGather(
  x: { shape: number[] },
  indices: { shape: number[] },
  { axis, batchDims }: tf.GatherV2Attrs,
): ShapeInfo & { count: number } {
  const [along] = tf.util.parseAxisParam(axis, x.shape);
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(
    x as Tensor,
    indices as Tensor,
    along,
    batchDims ?? 0,
  );
  return { ...info, count: tf.util.sizeFromShape(indices.shape) / info.batchSize };
}
