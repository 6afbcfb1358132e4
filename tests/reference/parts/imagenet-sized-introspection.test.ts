import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { squeezenet } from '../../../reference/lib/models/squeezenet.ts';
import { loadPicture } from '../../../reference/lib/picture/files.ts';
import { createRaster } from '../../../reference/lib/picture/raster.ts';
import { landscape } from '../../../reference/lib/shapes/landscape.ts';
import { maximizeActivation } from '../../../reference/parts/activation-maximization/activation-maximization.ts';
import { adam } from '../../../reference/parts/activation-maximization/contract.ts';
import { visualize as visualizeMaximization } from '../../../reference/parts/activation-maximization/driver.ts';
import { startPixels } from '../../../reference/parts/activation-maximization/pixels.ts';
import { integratedGradients } from '../../../reference/parts/attribution/attribution.ts';
import { completenessGap } from '../../../reference/parts/attribution/completeness.ts';
import { visualize as visualizeAttribution } from '../../../reference/parts/attribution/driver.ts';
import { visualize as visualizeVariants } from '../../../reference/parts/saliency-variants/driver.ts';
import { saliencyVariant } from '../../../reference/parts/saliency-variants/saliency-variants.ts';
import { randomWeights, weightTensors } from '../models/random-weights.ts';
import { noiseImages } from './float64-networks.ts';

const directory = mkdtempSync(join(tmpdir(), 'imagenet-sized-'));
const SIDE = 224;
let model: Classifier;

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  const classes = 1000;
  model = squeezenet(weightTensors(randomWeights('1.1', { classes })), {
    version: '1.1',
    name: 'random',
    classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
    inputSize: SIDE,
  });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Pictures of a student's own, neither square nor of the network's size. */
const pictures = () => [landscape(160), createRaster(300, 180, [0.2, 0.5, 0.9])];
const drawing = () => ({ outputDirectory: directory, model, pictures: pictures() });
const noisy = (count: number): tf.Tensor4D => noiseImages('pictures', [count, SIDE, SIDE, 3]);

describe('introspection of a network of 1,000 classes that takes 224 pixels', () => {
  it('has the variants of the saliency map drawn', async () => {
    const [file] = await visualizeVariants(drawing());
    expect((await loadPicture(file)).height).toBeGreaterThan(8 * SIDE);
  });

  it('has its optimal images drawn, each row of them, regularizers and hidden features too', async () => {
    const files = await visualizeMaximization({ ...drawing(), steps: 1 });
    expect(files).toHaveLength(3);
    for (const file of files) expect((await loadPicture(file)).width).toBeGreaterThan(2 * SIDE);
  });

  it('has its attributions drawn', async () => {
    const [file] = await visualizeAttribution(drawing());
    expect((await loadPicture(file)).width).toBeGreaterThan(7 * SIDE);
  });

  it('has smoothed, signed maps of log-probabilities with a threshold', () => {
    const maps = saliencyVariant(noisy(2), tf.tensor1d([985, 3], 'int32'), model, {
      output: 'log-softmax',
      sign: 'signed',
      smoothing: { samples: 2, deviation: 0.2, seed: 'noise' },
      threshold: 0.1,
    });
    expect(maps.shape).toEqual([2, SIDE, SIDE]);
    const values = maps.dataSync();
    expect(values.some((value) => value > 0) && values.some((value) => value < 0)).toBe(true);
    expect(values.filter((value) => value === 0).length).toBeGreaterThan(values.length / 2);
  });

  it('has the score of one of its classes raised through the sigmoid', () => {
    const { image, scores } = maximizeActivation({ kind: 'class', label: 985, output: 'logit' }, model, {
      start: startPixels('noise', SIDE),
      steps: 3,
      parametrization: 'sigmoid',
      optimizer: adam(0.1),
    });
    expect(image.shape).toEqual([1, SIDE, SIDE, 3]);
    expect(scores[3]).toBeGreaterThan(scores[0]);
  });

  it('has integrated gradients that sum to the change of its score', () => {
    const images = noisy(1);
    const labels = tf.tensor1d([985], 'int32');
    const attributions = integratedGradients(images, labels, model, { steps: 16 });
    const [gap] = completenessGap(attributions, images, labels, model).dataSync();
    expect(Math.abs(gap)).toBeLessThan(0.05);
  });
});
