/** Computes on WebGPU, has the device refuse something, and prints what it read before. */
import * as tf from '@tensorflow/tfjs';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';

await prepareBackend({ backend: 'webgpu' });
const { device } = tf.backend() as unknown as { device: { createBuffer(options: object): void } };
const values = await tf.add(tf.ones([4096]), 1).data();
device.createBuffer({ size: 16, usage: 0xffff });
process.stdout.write(String(values[0]));
