import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { chanceOf, measureLocalisation, type Localisation } from '../../models/localisation/measure.ts';
import { readCard, writeCard } from '../../models/training/card-files.ts';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { embeddedModels, embeddedWeightsPath, loadEmbedded } from '../../reference/lib/models/embedded.ts';
import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { shapeBatch } from '../../reference/lib/shapes/shape-batch.ts';
import { gradCam } from '../../reference/parts/grad-cam/grad-cam.ts';
import { saliencyVariant } from '../../reference/parts/saliency-variants/saliency-variants.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';
import { drawExplanations } from './draw-explanations.ts';

const pictures = 200;
const seed = 'localisation';
const batch = 20;

/** The maps that are measured, of the true class of each picture. */
const kinds: Record<string, (images: Tensor4D, labels: Tensor1D, model: Classifier) => Tensor3D> = {
  'Grad-CAM, feature 12': (images, labels, model) => gradCam(images, labels, model, 12),
  'Grad-CAM, feature 7': (images, labels, model) => gradCam(images, labels, model, 7),
  'saliency, smoothed': (images, labels, model) =>
    saliencyVariant(images, labels, model, { smoothing: { samples: 16, deviation: 0.3, seed } }),
  saliency: (images, labels, model) => saliencyVariant(images, labels, model),
};

/** What a network's explanations show of the pictures: [pictures, size, size] each, one after the other. */
interface Explained {
  readonly size: number;
  readonly masks: Float32Array;
  /** In the order of the kinds. */
  readonly maps: readonly Float32Array[];
}

function explain(name: EmbeddedModel, progress: Progress): Explained {
  const model = loadEmbedded(name);
  const size = model.inputSize;
  const masks = new Float32Array(pictures * size * size);
  const maps = Object.keys(kinds).map(() => new Float32Array(masks.length));
  for (let start = 0; start < pictures; start += batch) {
    const drawn = shapeBatch({ seed, start, count: batch, size });
    masks.set(drawn.masks, start * size * size);
    tf.tidy(() => {
      const images = preprocess(tf.tensor4d(drawn.images, [batch, size, size, 3]));
      const labels = tf.tensor1d(drawn.labels, 'int32');
      for (const [i, make] of Object.values(kinds).entries()) {
        maps[i].set(make(images, labels, model).dataSync(), start * size * size);
      }
    });
    progress.at(start + batch);
  }
  model.dispose();
  return { size, masks, maps };
}

function describe(measured: Readonly<Record<string, Localisation>>): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  return renderTable(
    [
      { name: 'map of the true class' },
      { name: 'energy on the object', align: 'right' },
      { name: 'over chance', align: 'right' },
      { name: 'peak on the object', align: 'right' },
    ],
    Object.entries(measured).map(([kind, { energy, timesChance, pointingGame }]) => [
      kind,
      percent(energy),
      `${timesChance.toFixed(2)}x`,
      percent(pointingGame),
    ]),
  );
}

/**
 * Measures on fresh pictures whether the embedded networks' explanations lie on the object, and notes it in their model
 * cards.
 * @param options.picture where to draw the first maps of each network: `PICTURE-standard.png`, `PICTURE-robust.png`
 */
export async function measureNetworks({ picture }: { picture?: string }): Promise<void> {
  await prepareBackend({ backend: 'auto' });
  for (const name of embeddedModels) {
    const progress = startProgress({ title: `${name}: pictures`, total: pictures });
    let explained;
    try {
      explained = explain(name, progress);
    } finally {
      progress.end();
    }
    const { size, masks, maps } = explained;
    const chance = chanceOf(masks);
    const measured = Object.fromEntries(
      Object.keys(kinds).map((kind, i) => [kind, measureLocalisation({ maps: maps[i], masks, pictures })]),
    );
    const path = embeddedWeightsPath(name);
    await writeCard(path, { ...readCard(path), localisation: { seed, pictures, chance, maps: measured } });
    console.log(`${name}: objects cover ${(100 * chance).toFixed(1)}% of a picture\n${describe(measured)}`);
    if (picture !== undefined) {
      const rows = Object.keys(kinds).map((kind, i) => ({ kind, values: maps[i] }));
      await drawExplanations(`${picture}-${name}.png`, { name, seed, size, rows });
    }
  }
}
