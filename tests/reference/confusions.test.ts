import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { confusions } from '../../reference/lib/confusions.ts';
import { loadEmbedded } from '../../reference/lib/models/embedded.ts';
import { linearClassifier } from '../../reference/lib/models/linear.ts';
import { noiseImages } from './parts/float64-networks.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

describe('confusions of a network', () => {
  it('are pictures that it gets wrong where it knows the shapes', () => {
    const model = loadEmbedded('standard');
    const found = confusions(model, { count: 3 });
    expect(found).toHaveLength(3);
    for (const { image, predicted: first, actual: truth, isMistake } of found) {
      expect(isMistake).toBe(true);
      expect(model.logits(image).argMax(1).dataSync()[0]).toBe(first);
      expect(truth).not.toBe(first);
    }
    model.dispose();
  });

  it('are between its first and second choice where the truth is not known', () => {
    const weights = noiseImages('weights', [8, 8, 3, 4]);
    const model = linearClassifier(weights);
    const found = confusions(model, { count: 2 });
    expect(found).toHaveLength(2);
    for (const { image, predicted: first, actual: second, isMistake } of found) {
      const scores = [...model.logits(image).dataSync()];
      const order = scores.toSorted((a, b) => b - a);
      expect([scores[first], scores[second], isMistake]).toEqual([order[0], order[1], false]);
    }
  });
});
