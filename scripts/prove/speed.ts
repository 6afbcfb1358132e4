import * as tf from '@tensorflow/tfjs';
import { randomStream } from '../../reference/lib/random.ts';
import { median } from '../bench/median.ts';
import { model } from '../bench/workloads.ts';

/** SqueezeNet 1.1, forward and gradient with respect to images `[batch, size, size, 3]`. */
export interface Speed {
  readonly size: number;
  readonly batch: number;
  /** Median of the runs. */
  readonly milliseconds: number;
  readonly runs: number;
}

const SIZES = [128, 224];
const BATCHES = [1, 8, 32];
const MOST_RUNS = 20;
/** A slow device is not to be measured for longer, each time. */
const SECONDS = 10;

function measure(network: ReturnType<typeof model>, size: number, batch: number): Speed {
  const values = randomStream(`${size}`).normals(batch * size * size * 3);
  const images = tf.tensor4d(values, [batch, size, size, 3]);
  const score = (x: tf.Tensor): tf.Tensor => tf.sum(network.logits(x as tf.Tensor4D));
  const run = (): number => {
    const start = performance.now();
    tf.tidy(() => tf.grad(score)(images).dataSync());
    return performance.now() - start;
  };
  // Kernels are compiled at first use.
  run();
  const times: number[] = [];
  const end = performance.now() + 1000 * SECONDS;
  do times.push(run());
  while (times.length < MOST_RUNS && performance.now() < end);
  images.dispose();
  return { size, batch, milliseconds: median(times), runs: times.length };
}

/** Times the current backend, each batch at each size. */
export function measureSpeed(note: (done: string) => void): Speed[] {
  const network = model();
  return SIZES.flatMap((size) =>
    BATCHES.map((batch) => {
      const speed = measure(network, size, batch);
      note(`${batch} x ${size} pixels: ${Math.round(speed.milliseconds)} ms`);
      return speed;
    }),
  );
}
