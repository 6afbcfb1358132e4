import * as tf from '@tensorflow/tfjs';
import type { KernelDefinition } from '../kernel.ts';

/** Elements of one tensor or another, of any type; tfjs-wasm's writes floats whatever the type. */
export const select: KernelDefinition = {
  name: tf.Select,
  make:
    () =>
    ({ inputs: { condition, t, e }, backend }) => {
      const result = backend.makeOutput(t.shape, tf.upcastType(t.dtype, e.dtype));
      const holds = backend.typedArrayFromHeap(condition);
      const [yes, no] = [backend.typedArrayFromHeap(t), backend.typedArrayFromHeap(e)];
      const to = backend.typedArrayFromHeap(result);
      // One condition may decide for a whole row.
      const row = to.length / holds.length;
      for (let at = 0; at < to.length; at++) to[at] = holds[Math.floor(at / row)] !== 0 ? yes[at] : no[at];
      return result;
    },
};
