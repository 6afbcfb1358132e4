import { beforeAll, describe, expect, it } from 'vitest';
import {
  choosePictures,
  ownPaintings,
  type PictureSource,
} from '../../../authoring/course/course-pictures.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { loadEmbedded } from '../../../reference/lib/models/embedded.ts';
import { preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { toPixels } from '../../../reference/lib/picture/tensors.ts';
import { shapeBatch } from '../../../reference/lib/shapes/shape-batch.ts';

let model: Classifier;
beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  model = loadEmbedded('standard');
});

const size = 128;
const paintings = ownPaintings(size);

/** Drawn shapes with their true classes, and a landscape and styles. */
function labelledShapes(labels: readonly number[], wrongly: readonly number[] = []): PictureSource {
  const { images } = shapeBatch({ seed: 'labelled', start: 0, count: labels.length, size, labels });
  const length = size * size * 3;
  const explained = labels.map((label, i) => ({
    name: `picture ${i}`,
    raster: () => ({ width: size, height: size, data: images.slice(i * length, (i + 1) * length) }),
    label: wrongly.includes(i) ? (label + 1) % 10 : label,
  }));
  return { ...paintings, explained };
}

describe('the pictures of a course', () => {
  it('are five that the network gets right, each class once before any twice', () => {
    const source = labelledShapes([0, 0, 1, 2, 4, 5, 6, 7], [2]);
    const { shown, isTruth } = choosePictures(model, source);
    expect(isTruth).toBe(true);
    expect(shown.map(({ name }) => name)).not.toContain('picture 2');
    expect(shown).toHaveLength(5);
    expect(new Set(shown.map(({ label }) => label)).size).toBe(5);
  });

  it('are the same ones each time', () => {
    const names = () =>
      choosePictures(model, labelledShapes([3, 1, 2, 4, 5, 6])).shown.map(({ name }) => name);
    expect(names()).toEqual(names());
  });

  it('leave others, each for the class that the network sees second', () => {
    const source = labelledShapes([0, 1, 2, 4, 5, 6, 7]);
    const { shown, others } = choosePictures(model, source);
    expect(others.map(({ name }) => name).filter((name) => shown.some((one) => one.name === name))).toEqual(
      [],
    );
    expect(others.length).toBeGreaterThanOrEqual(2);
    for (const { raster, label } of others) {
      const logits = model.logits(preprocess(toPixels([raster]))).dataSync();
      expect([...logits].filter((logit) => logit > logits[label])).toHaveLength(1);
    }
  });

  it('are refused in a sentence where the network gets too few right', () => {
    const source = labelledShapes([0, 1, 2, 4, 5, 6], [0, 1, 2, 3]);
    expect(() => choosePictures(model, source)).toThrow(
      /^a course needs 5 pictures that .+ gets right; of 6 it gets [0-2] right$/,
    );
  });

  it('are the project’s own paintings without any, explained for what the network sees', () => {
    const { shown, isTruth, styles, note } = choosePictures(model, paintings);
    expect(shown.map(({ name }) => name)).toContain('landscape');
    expect(isTruth).toBe(false);
    expect(styles).toHaveLength(3);
    expect(note).toMatch(/MIT licence/);
  });
});
