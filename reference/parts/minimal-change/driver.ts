import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { loadEmbedded } from '../../lib/models/embedded.ts';
import { savePicture } from '../../lib/picture/files.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { confusions } from '../../lib/confusions.ts';
import { minimalChangeFigure } from './figure.ts';
import type { MinimalChangeOptions } from './contract.ts';
import type { ChangedPicture } from './figure.ts';
import { minimalChange } from './minimal-change.ts';

/** A robust network reacts less to each change, so a convincing one is larger: it may cost less, and steps be longer. */
const settings: Readonly<Record<string, MinimalChangeOptions>> = {
  standard: { penalty: 0.3, steps: 30, learningRate: 0.05 },
  robust: { penalty: 0.01, steps: 40, learningRate: 1 },
};

/** Corrects two pictures that each network gets wrong, by the smallest change, and returns the file. */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: both embedded networks. */
  readonly model?: Classifier;
  /** Default: drawn shapes that the network gets wrong. */
  readonly pictures?: readonly Raster[];
}): Promise<string[]> {
  const models = options.model
    ? [{ name: options.model.name, model: options.model }]
    : (['standard', 'robust'] as const).map((name) => ({ name, model: loadEmbedded(name) }));
  const results = models.flatMap(({ name, model }) =>
    confusions(model, { count: 2, pictures: options.pictures }).map(
      ({ image, predicted, actual }): ChangedPicture => {
        const found = minimalChange(image, actual, model, settings[name] ?? settings.standard);
        tf.dispose(found.difference);
        return {
          modelName: `${name} network`,
          original: image,
          changed: found.image,
          predictedName: model.classNames[predicted],
          targetName: model.classNames[actual],
          probabilities: found.probabilities,
          reached: found.reached,
        };
      },
    ),
  );
  const file = join(options.outputDirectory, 'minimal_change.png');
  await savePicture(file, minimalChangeFigure(results));
  return [file];
}
