import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { countedPictures, type DrawingOptions } from '../lib/drawing-options.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { confusions } from '../lib/confusions.ts';
import { contrastMethods } from '../contract/contrastive.ts';
import { contrast } from '../introspection/contrastive.ts';
import { contrastFigure } from '../lib/figures/contrastive.ts';

/** Explains four pictures that a network gets wrong, by each method, and returns the file. */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const found = confusions(model, { count: 4, pictures: options.pictures });
  const images = tf.concat(found.map(({ image }) => image)); // [N, H, W, 3]
  const predicted = found.map((one) => one.predicted);
  const actual = found.map((one) => one.actual);
  const methods = contrastMethods.map((method) => {
    options.onProgress?.(`${method} of ${countedPictures(found.length)}`);
    const labels = [predicted, actual].map((classes) => tf.tensor1d(classes, 'int32'));
    return { method, maps: contrast(images, labels[0], labels[1], model, method) };
  });
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
