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
import { createClassVisualization } from '../../../reference/parts/class-visualization/class-visualization.ts';
import { snapshotOf } from '../../../reference/parts/class-visualization/figure.ts';
import { confusions } from '../../../reference/lib/confusions.ts';
import { contrastMethods } from '../../../reference/parts/contrastive/contract.ts';
import { contrast } from '../../../reference/parts/contrastive/contrastive.ts';
import { visualize as visualizeContrast } from '../../../reference/parts/contrastive/driver.ts';
import { visualize as visualizeGradCam } from '../../../reference/parts/grad-cam/driver.ts';
import { visualize as visualizeMinimalChange } from '../../../reference/parts/minimal-change/driver.ts';
import { minimalChange } from '../../../reference/parts/minimal-change/minimal-change.ts';
import { visualize as visualizeSaliency } from '../../../reference/parts/saliency-map/driver.ts';
import { randomWeights, weightTensors } from '../models/random-weights.ts';

const directory = mkdtempSync(join(tmpdir(), 'imagenet-sized-'));
let model: Classifier;

function network(version: '1.0' | '1.1'): Classifier {
  const classes = 1000;
  return squeezenet(weightTensors(randomWeights(version, { classes })), {
    version,
    name: `random ${version}`,
    classNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
    inputSize: 224,
  });
}

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  model = network('1.0');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Two pictures of a student's own, neither square nor of the network's size. */
const pictures = () => [landscape(160), createRaster(300, 180, [0.2, 0.5, 0.9])];

describe('a network of 1,000 classes that takes 224 pixels', () => {
  it('has its saliency maps drawn for pictures of one’s own', async () => {
    const [file] = await visualizeSaliency({ outputDirectory: directory, model, pictures: pictures() });
    expect((await loadPicture(file)).width).toBeGreaterThan(2 * 224);
  });

  it('has Grad-CAM and guided backpropagation drawn', async () => {
    const [file] = await visualizeGradCam({ outputDirectory: directory, model, pictures: pictures() });
    expect((await loadPicture(file)).height).toBeGreaterThan(6 * 224);
  });

  it('has its first and second choice contrasted, by all methods', async () => {
    const [file] = await visualizeContrast({ outputDirectory: directory, model, pictures: pictures() });
    expect((await loadPicture(file)).width).toBeGreaterThan(1000);
  });

  it.each(['1.0', '1.1'] as const)(
    'is asked why, and convinced of its second choice by a minimal change (SqueezeNet %s)',
    (version) => {
      const asked = version === '1.0' ? model : network(version);
      const [{ image, predicted, actual }] = confusions(asked, { count: 1, pictures: pictures() });
      expect(image.shape).toEqual([1, 224, 224, 3]);
      expect(actual).not.toBe(predicted);
      const [p, a] = [predicted, actual].map((label) => tf.tensor1d([label], 'int32'));
      for (const method of contrastMethods) {
        const { difference } = contrast(image, p, a, asked, method);
        expect(difference.shape).toEqual([1, 224, 224]);
        expect(difference.abs().max().dataSync()[0]).toBeGreaterThan(0);
      }
      const found = minimalChange(image, actual, asked, { penalty: 0.01, steps: 3, learningRate: 1 });
      expect(found.image.shape).toEqual([1, 224, 224, 3]);
      expect(found.probabilities[3]).toBeGreaterThan(found.probabilities[0]);
    },
  );

  it('has its minimal changes drawn', async () => {
    const [file] = await visualizeMinimalChange({
      outputDirectory: directory,
      model,
      pictures: pictures().slice(0, 1),
    });
    expect((await loadPicture(file)).width).toBeGreaterThan(4 * 224);
  });

  it('has the score of one of its classes raised from noise', () => {
    const scores: number[] = [];
    const image = createClassVisualization(985, model, {
      iterations: 3,
      onIteration: (current) => scores.push(snapshotOf(current, 985, model).score),
    });
    expect(image.shape).toEqual([1, 224, 224, 3]);
    expect(scores[2]).toBeGreaterThan(scores[0]);
    tf.dispose(image);
  });
});
