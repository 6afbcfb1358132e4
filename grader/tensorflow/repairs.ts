import * as tf from '@tensorflow/tfjs';
import { registerGradientsAlongAxes } from './gradients/along-axis.ts';
import { registerBroadcastGradients } from './gradients/broadcast.ts';
import { registerEinsumGradient } from './gradients/einsum.ts';
import { registerGatherGradient } from './gradients/gather.ts';
import { registerListGradients } from './gradients/lists.ts';
import { registerResizeNearestGradient } from './gradients/resize-nearest.ts';
import { registerTruthGradients } from './gradients/truths.ts';
import { broadcastStacks, countAxisFromTheFront, wrapKernel, type Compute } from './kernel-repairs.ts';

/** The plain backend swaps height and width of the gradient's shape. */
const shapeLikeImages =
  (compute: Compute): Compute =>
  (call) => ({
    ...compute(call),
    shape: call.inputs['images'].shape,
  });

/** Repairs, once a process, what TensorFlow.js gets wrong or lacks whatever the backend. */
export function repairTensorflow(): void {
  const done = tf.getGradient(tf.Einsum) !== undefined;
  if (done) return;
  registerEinsumGradient();
  registerGatherGradient();
  registerBroadcastGradients();
  registerListGradients();
  registerGradientsAlongAxes();
  registerResizeNearestGradient();
  registerTruthGradients();
  wrapKernel('cpu', tf.Cumsum, countAxisFromTheFront);
  wrapKernel('cpu', tf.Cumprod, countAxisFromTheFront);
  wrapKernel('cpu', tf.BatchMatMul, broadcastStacks('cpu'));
  wrapKernel('cpu', tf.ResizeBilinearGrad, shapeLikeImages);
}
