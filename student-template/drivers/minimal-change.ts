import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import type { DrawingOptions } from '../lib/drawing-options.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { confusions, type Confusion } from '../lib/confusions.ts';
import { minimalChangeFigure } from '../lib/figures/minimal-change.ts';
import type { MinimalChange, MinimalChangeOptions } from '../contract/minimal-change.ts';
import type { ChangedPicture } from '../lib/figures/minimal-change.ts';
import { minimalChange } from '../introspection/minimal-change.ts';

/** A robust network reacts less to each change, so a convincing one is larger: it may cost less, and steps be longer. */
const settings: Readonly<Record<string, MinimalChangeOptions>> = {
  standard: { penalty: 0.3, steps: 30, learningRate: 0.05 },
  robust: { penalty: 0.01, steps: 40, learningRate: 1 },
};

/** How steep another network is, is not known: longer steps are tried until it is convinced. */
const OTHER_RATES = [0.05, 0.25, 1, 5];

function changeOf({ image, actual }: Confusion, name: string, model: Classifier): MinimalChange {
  const known = settings[name];
  const tries = known
    ? [known]
    : OTHER_RATES.map((learningRate) => ({ penalty: 0.01 / learningRate, steps: 20, learningRate }));
  let found = minimalChange(image, actual, model, tries[0]);
  for (const options of tries.slice(1)) {
    if (found.reached) break;
    tf.dispose([found.image, found.difference]);
    found = minimalChange(image, actual, model, options);
  }
  tf.dispose(found.difference);
  return found;
}

/**
 * Corrects two pictures that each network gets wrong, by the smallest change, and returns the file. Without a model it
 * is both embedded networks that are convinced.
 */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const models = options.model
    ? [options.model, ...(options.robust ? [options.robust] : [])].map((model) => ({
        name: model.name,
        model,
      }))
    : (['standard', 'robust'] as const).map((name) => ({ name, model: loadEmbedded(name) }));
  const results = models.flatMap(({ name, model }) =>
    confusions(model, { count: 2, pictures: options.pictures }).map((confusion): ChangedPicture => {
      const { image, predicted, actual } = confusion;
      options.onProgress?.(`${model.classNames[predicted]} to ${model.classNames[actual]}, ${name}`);
      const found = changeOf(confusion, name, model);
      return {
        modelName: `${name} network`,
        original: image,
        changed: found.image,
        predictedName: model.classNames[predicted],
        targetName: model.classNames[actual],
        probabilities: found.probabilities,
        reached: found.reached,
      };
    }),
  );
  const file = join(options.outputDirectory, 'minimal_change.png');
  await savePicture(file, minimalChangeFigure(results));
  return [file];
}
