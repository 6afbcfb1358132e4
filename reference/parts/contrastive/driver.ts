import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { loadEmbedded } from '../../lib/models/embedded.ts';
import { savePicture } from '../../lib/picture/files.ts';
import type { Raster } from '../../lib/picture/raster.ts';
import { confusions } from '../../lib/confusions.ts';
import { contrastMethods } from './contract.ts';
import { contrast } from './contrastive.ts';
import { contrastFigure } from './figure.ts';

/** Explains four pictures that a network gets wrong, by each method, and returns the file. */
export async function visualize(options: {
  readonly outputDirectory: string;
  /** Default: the embedded network. */
  readonly model?: Classifier;
  /** Default: drawn shapes that the network gets wrong. */
  readonly pictures?: readonly Raster[];
}): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const found = confusions(model, { count: 4, pictures: options.pictures });
  const images = tf.concat(found.map(({ image }) => image)); // [N, H, W, 3]
  const predicted = found.map((one) => one.predicted);
  const actual = found.map((one) => one.actual);
  const methods = contrastMethods.map((method) => ({
    method,
    maps: contrast(images, tf.tensor1d(predicted, 'int32'), tf.tensor1d(actual, 'int32'), model, method),
  }));
  const names = (labels: readonly number[]): string[] => labels.map((label) => model.classNames[label]);
  const file = join(options.outputDirectory, 'contrastive.png');
  await savePicture(
    file,
    contrastFigure({
      images,
      predictedNames: names(predicted),
      actualNames: names(actual),
      others: found.every(({ isMistake }) => isMistake) ? 'truth' : 'second choice',
      methods,
    }),
  );
  return [file];
}
