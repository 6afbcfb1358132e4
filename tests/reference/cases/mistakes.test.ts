import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { labelOf, mistakes } from '../../../reference/cases/mistakes.ts';
import { misclassifiedSeed } from '../../../reference/lib/misclassified.ts';
import { loadEmbedded } from '../../../reference/lib/models/embedded.ts';
import { streamLabel } from '../../../reference/lib/shapes/draw-shape.ts';
import { shapeImages } from '../../../reference/lib/shapes/shape-images.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

describe('the known mistakes', () => {
  it.each(Object.entries(mistakes))(
    '%s: the embedded network really takes it for another shape',
    (_, one) => {
      const model = loadEmbedded(one.model);
      expect(streamLabel(misclassifiedSeed, one.index)).toBe(labelOf(one.actual));
      const image = shapeImages({
        seed: misclassifiedSeed,
        start: one.index,
        count: 1,
        size: model.inputSize,
      });
      const scores = [...model.logits(image).dataSync()];
      const order = scores.toSorted((a, b) => b - a);
      expect(scores.indexOf(order[0])).toBe(labelOf(one.predicted));
      expect(labelOf(one.predicted)).not.toBe(labelOf(one.actual));
      // Rounding on another machine must not turn the verdict.
      expect(order[0] - scores[labelOf(one.actual)]).toBeGreaterThan(0.05);
      model.dispose();
    },
  );
});
