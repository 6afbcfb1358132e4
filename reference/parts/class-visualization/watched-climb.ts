import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { createClassVisualization } from './class-visualization.ts';
import type { ClassVisualizationOptions } from './contract.ts';

/** A class visualization as someone sees it who watches through `onIteration`. */
export interface WatchedClimb {
  /** The picture of each call, `[calls, H, W, 3]`. */
  readonly pictures: Tensor4D;
  /** The iteration that each call named, int32, `[calls]`. */
  readonly iterations: Tensor1D;
}

/** Makes a class visualization and keeps all that `onIteration` is called with. */
export function watchedClimb(
  target: number,
  model: Classifier,
  options: Omit<ClassVisualizationOptions, 'onIteration'> = {},
): WatchedClimb {
  const pictures: Tensor4D[] = [];
  const iterations: number[] = [];
  const image = createClassVisualization(target, model, {
    ...options,
    onIteration: (current, iteration) => {
      // A picture is valid during its call only, and tf.tidy may be at work around it.
      pictures.push(tf.keep(current.clone()));
      iterations.push(iteration);
    },
  });
  const none = image.slice([0, 0, 0, 0], [0, -1, -1, -1]); // [0, H, W, 3]
  const shown = tf.concat([none, ...pictures]); // [calls, H, W, 3]
  tf.dispose([image, none, pictures]);
  return { pictures: shown, iterations: tf.tensor1d(iterations, 'int32') };
}
