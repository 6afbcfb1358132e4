import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { format, resolveConfig } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { embeddedModels, embeddedWeightsPath, loadEmbedded } from '../../../reference/lib/models/embedded.ts';
import { loadModelFile } from '../../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../../reference/lib/models/safetensors.ts';
import { shapesClassifier, shapesModel } from '../../../reference/lib/models/shapes-classifier.ts';
import { preprocess } from '../../../reference/lib/picture/preprocess.ts';
import { shapeBatch } from '../../../reference/lib/shapes/shape-batch.ts';
import { sha256 } from '../../../grader/format/sha256.ts';
import { cardPath, readCard } from '../../../models/training/card-files.ts';
import { evaluate } from '../../../models/training/evaluate.ts';
import { renderCard } from '../../../models/training/model-card.ts';
import { recipes } from '../../../models/training/recipe.ts';
import { weightTensors } from './random-weights.ts';

beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});

const size = shapesModel.inputSize;

describe.each(embeddedModels)('the embedded network %s', (name) => {
  const path = embeddedWeightsPath(name);

  it('tells fresh pictures apart', () => {
    const model = loadEmbedded(name);
    expect(evaluate(model, { seed: 'fresh', pictures: 100, size }).accuracy).toBeGreaterThanOrEqual(0.93);
    model.dispose();
  });

  it('is the one that its card describes, made by the recipe of today', async () => {
    const bytes = readFileSync(path);
    const card = readCard(path);
    expect(card.file).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes) });
    expect(card.training.recipe).toEqual(JSON.parse(JSON.stringify(recipes[name])));
    expect(card.network).toMatchObject({ inputSize: size, classNames: [...shapesModel.classNames] });
    const page = cardPath(path, 'md');
    const rendered = await format(renderCard(card), { ...(await resolveConfig(page)), filepath: page });
    expect(readFileSync(page, 'utf8')).toBe(rendered);
  });

  it('keeps what is promised of it, by its card', () => {
    const { test, localisation } = readCard(path);
    expect(test.pictures).toBe(2000);
    expect(test.clean).toBeGreaterThanOrEqual(name === 'standard' ? 0.95 : 0.85);
    const right = test.confusion.reduce((sum, row, i) => sum + row[i], 0);
    expect(right / 2000).toBe(test.clean);
    expect(localisation?.pictures).toBe(200);
    expect(localisation?.maps['Grad-CAM, feature 12'].timesChance).toBeGreaterThanOrEqual(3);
  });

  it('is the same from its file and from its weights alone', () => {
    const fromFile = loadEmbedded(name);
    const weights = weightTensors(readSafetensors(readFileSync(path)).tensors);
    const fromWeights = shapesClassifier(weights, name);
    const { images } = shapeBatch({ seed: 'same', start: 0, count: 2, size });
    const x = preprocess(tf.tensor4d(images, [2, size, size, 3]));
    expect([...fromWeights.logits(x).dataSync()]).toEqual([...fromFile.logits(x).dataSync()]);
    expect(fromWeights).toMatchObject({ name, inputSize: size, classNames: fromFile.classNames });
    fromFile.dispose();
    tf.dispose([weights, x]);
  });

  it('leaves every class a gradient in nearly every picture', () => {
    const model = loadEmbedded(name);
    const { images } = shapeBatch({ seed: 'gradient', start: 0, count: 20, size });
    const x = preprocess(tf.tensor4d(images, [20, size, size, 3]));
    let dead = 0;
    for (let label = 0; label < 10; label++) {
      const score = (pixels: tf.Tensor) =>
        model
          .logits(pixels as Tensor4D)
          .slice([0, label], [20, 1])
          .sum();
      dead += tf.tidy(() => tf.grad(score)(x).abs().max([1, 2, 3]).equal(0).sum().dataSync()[0]);
    }
    expect(dead).toBe(0);
    model.dispose();
    x.dispose();
  });
});

describe('the embedded networks', () => {
  it('differ by at least 50 points under the same attack', () => {
    const [standard, robust] = embeddedModels.map((name) => readCard(embeddedWeightsPath(name)).test);
    expect(robust.attack).toEqual(standard.attack);
    expect(robust.attacked - standard.attacked).toBeGreaterThanOrEqual(0.5);
  });

  it('show it here too', () => {
    const { attack } = readCard(embeddedWeightsPath('standard')).test;
    const [standard, robust] = embeddedModels.map((name) => {
      const model = loadEmbedded(name);
      const { accuracy } = evaluate(model, { seed: 'attacked', pictures: 20, size, attack });
      model.dispose();
      return accuracy;
    });
    expect(standard).toBeLessThanOrEqual(0.2);
    expect(robust).toBeGreaterThanOrEqual(0.4);
  });

  it('take at most 3 MB together', () => {
    const bytes = embeddedModels.map((name) => readFileSync(embeddedWeightsPath(name)).length);
    expect(bytes[0] + bytes[1]).toBeLessThanOrEqual(3e6);
  });
});

describe('a model file that is not there', () => {
  it('is named', () => {
    expect(() => loadModelFile('/nowhere/model.safetensors')).toThrow('/nowhere/model.safetensors: ENOENT');
  });
});
