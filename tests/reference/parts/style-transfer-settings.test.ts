import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { loadEmbedded } from '../../../reference/lib/models/embedded.ts';
import { squeezenet } from '../../../reference/lib/models/squeezenet.ts';
import { preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../../reference/lib/picture/tensors.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { landscape } from '../../../reference/lib/shapes/landscape.ts';
import type { StyleTransferOptions } from '../../../reference/parts/style-transfer/contract.ts';
import { courseSettings, relativeSettings } from '../../../reference/parts/style-transfer/settings.ts';
import {
  styleTransfer,
  styleTransferLoss,
  styleTransferTargets,
} from '../../../reference/parts/style-transfer/style-transfer.ts';
import { weightsFor } from '../../../reference/parts/style-transfer/weights-for.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

const image = (raster: ReturnType<typeof landscape>): tf.Tensor4D => preprocess(toPixels([raster]));

/** SqueezeNet 1.1 in full width with random weights: what an imported network is like. */
function randomNetwork() {
  const random = randomStream('a network as large as the course’s');
  const weights: Record<string, tf.Tensor> = {};
  const convolution = (name: string, side: number, channels: number, filters: number): void => {
    const count = side * side * channels;
    const values = random.normals(count * filters, 0, Math.sqrt(2 / count));
    weights[`${name}.weight`] = tf.tensor4d(values, [side, side, channels, filters]);
    weights[`${name}.bias`] = tf.zeros([filters]);
  };
  convolution('features.0', 3, 3, 64);
  let channels = 64;
  for (const [index, squeezed, expanded] of [
    [3, 16, 64],
    [4, 16, 64],
    [6, 32, 128],
    [7, 32, 128],
    [9, 48, 192],
    [10, 48, 192],
    [11, 64, 256],
    [12, 64, 256],
  ]) {
    convolution(`features.${index}.squeeze`, 1, channels, squeezed);
    convolution(`features.${index}.expand1x1`, 1, squeezed, expanded);
    convolution(`features.${index}.expand3x3`, 3, squeezed, expanded);
    channels = 2 * expanded;
  }
  convolution('classifier.1', 1, channels, 10);
  const classNames = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  return squeezenet(weights, { version: '1.1', name: 'squeezenet1_1', inputSize: 224, classNames });
}

describe('the settings', () => {
  it('are the course’s three for its network, in its numbers', () => {
    expect(
      courseSettings.map(({ painting, contentSize, styleSize, weighting }) => ({
        painting,
        sizes: [contentSize, styleSize],
        content: [weighting.contentLayer, weighting.contentWeight],
        style: weighting.styleLayers.map((layer, i) => [layer, weighting.styleWeights[i]]),
        tv: weighting.tvWeight,
      })),
    ).toEqual([
      {
        painting: 'Composition VII',
        sizes: [192, 512],
        content: [3, 5e-2],
        style: [
          [1, 20000],
          [4, 500],
          [6, 12],
          [7, 1],
        ],
        tv: 5e-2,
      },
      {
        painting: 'The Scream',
        sizes: [192, 224],
        content: [3, 3e-2],
        style: [
          [1, 200000],
          [4, 800],
          [6, 12],
          [7, 1],
        ],
        tv: 2e-2,
      },
      {
        painting: 'Starry Night',
        sizes: [192, 192],
        content: [3, 6e-2],
        style: [
          [1, 300000],
          [4, 1000],
          [6, 15],
          [7, 3],
        ],
        tv: 2e-2,
      },
    ]);
  });

  it.each(courseSettings.map((setting) => ({ setting })))(
    'of the course run on a network of its size: $setting.painting',
    ({ setting }) => {
      const { weighting, contentSize, styleSize, paint } = setting;
      const schedule = { ...weighting.schedule, steps: 2 };
      const result = styleTransfer(image(landscape(contentSize)), image(paint(styleSize)), randomNetwork(), {
        ...weighting,
        schedule,
      });
      expect(result.image.shape).toEqual([1, 192, 192, 3]);
      expect(result.losses.every((loss) => Number.isFinite(loss) && loss > 0)).toBe(true);
    },
  );

  it('have one weight for each style layer, the same paintings in both units, and a rate that decays', () => {
    const relative = relativeSettings(64);
    expect(relative.map(({ id }) => id)).toEqual(courseSettings.map(({ id }) => id));
    for (const { weighting } of [...courseSettings, ...relative]) {
      expect(weighting.styleWeights).toHaveLength(weighting.styleLayers.length);
      expect(weighting.schedule.decayedRate).toBeLessThan(weighting.schedule.learningRate);
    }
  });
});

describe('weightsFor', () => {
  const [setting] = relativeSettings(64);
  const none = { contentWeight: 0, styleWeights: setting.weighting.styleWeights.map(() => 0), tvWeight: 0 };

  it('makes each style loss at most about its relative weight for the content image, in any network', () => {
    for (const model of [loadEmbedded('standard'), randomNetwork()]) {
      const [content, style] = [image(landscape(64)), image(setting.paint(64))];
      const targets = styleTransferTargets(content, style, model, setting.weighting);
      const ofContent = styleTransferTargets(content, content, model, setting.weighting);
      const weights = weightsFor(setting.weighting, { targets, ofContent, size: content.size });
      setting.weighting.styleLayers.forEach((_, i) => {
        const styleWeights = weights.styleWeights.map((weight, j) => (i === j ? weight : 0));
        const options: StyleTransferOptions = { ...weights, ...none, styleWeights };
        const [loss] = styleTransferLoss(content, targets, model, options).dataSync();
        // |a - b|^2 <= 2 (|a|^2 + |b|^2), with equality only for b = -a.
        expect(loss).toBeGreaterThan(0);
        expect(loss).toBeLessThan(setting.weighting.styleWeights[i] * 2);
      });
    }
  });

  it('makes the content loss its relative weight for features of zeros', () => {
    const content = tf.tensor4d([3, 4], [1, 1, 1, 2]);
    const one = tf.ones<tf.Rank.R3>([1, 1, 1]);
    const relative = { ...setting.weighting, contentWeight: 0.5, styleWeights: [4], tvWeight: 3 };
    const weights = weightsFor(relative, {
      targets: { content, styles: [one.mul(2)] },
      ofContent: { content, styles: [one] },
      size: 12,
    });
    expect(weights.contentWeight).toBeCloseTo(0.5 / 25, 8);
    expect(weights.styleWeights[0]).toBeCloseTo(4 / 5, 6);
    expect(weights.tvWeight).toBe(0.25);
  });
});

describe('the loss on the embedded network', () => {
  it('changes along its gradient as the gradient says', () => {
    const model = loadEmbedded('standard');
    const [content, style] = [image(landscape(48)), image(courseSettings[0].paint(48))];
    const options: StyleTransferOptions = {
      contentLayer: 4,
      contentWeight: 1e-2,
      styleLayers: [6, 1, 4],
      styleWeights: [1, 20, 50],
      tvWeight: 2e-2,
      schedule: courseSettings[0].weighting.schedule,
    };
    const targets = styleTransferTargets(content, style, model, options);
    const loss = (x: tf.Tensor) => styleTransferLoss(x as tf.Tensor4D, targets, model, options);
    const x = image(courseSettings[1].paint(48));
    const gradient = tf.grad(loss)(x);
    const norm = gradient.norm().dataSync()[0];
    const step = 1e-2;
    const shifted = (sign: number): number => loss(x.add(gradient.mul((sign * step) / norm))).dataSync()[0];
    const quotient = (shifted(1) - shifted(-1)) / (2 * step);
    expect(Math.abs(quotient / norm - 1)).toBeLessThan(0.02);
  });
});
