import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Classifier } from '../contract/classifier.ts';
import type { DrawingOptions } from '../lib/drawing-options.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { attribute, integratedGradients } from '../introspection/attribution.ts';
import { completeness } from '../lib/completeness.ts';
import { attributionFigure } from '../lib/figures/attribution.ts';
import type { DrawnAttribution } from '../lib/figures/attribution.ts';

const SCALES = [0.01, 0.05, 0.1, 0.2, 0.5, 1];
/** On the embedded networks, and on a larger one, where a step takes many times as long. */
const EMBEDDED_STEPS = 64;
const OTHER_STEPS = 32;

/** What a network says of some images for the labels given. */
function explain(
  model: Classifier,
  images: Tensor4D,
  labels: Tensor1D,
  { names, steps }: { readonly names: readonly string[]; readonly steps: number },
): DrawnAttribution {
  const integrated = integratedGradients(images, labels, model, { steps }); // [N, H, W, 3]
  const { sums, differences } = completeness(integrated, images, labels, model);
  const [sum, difference] = [sums.arraySync(), differences.arraySync()];
  const scaled = SCALES.map((scale) => ({ scale, maps: attribute(images, labels, model, { scale }) })); // [N, H, W] each
  return {
    images,
    names,
    scaled,
    integrated,
    sums: sum.map((one, i) => ({ sum: one, difference: difference[i] })),
  };
}

/** Two classes besides the given one: the runner-up by score, and the last. */
function incorrectLabels(model: Classifier, image: Tensor4D, correct: number): number[] {
  const scores = tf.tidy(() => model.logits(image).dataSync());
  const others = Array.from(scores.keys())
    .filter((label) => label !== correct)
    .sort((a, b) => scores[b] - scores[a]);
  return [others[0], others[others.length - 1]];
}

/**
 * Draws the attributions of some pictures at several scales, for the standard and the adversarially trained network,
 * for the correct label and for incorrect ones.
 */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const models: readonly (readonly [string, Classifier])[] = options.model
    ? [options.model, ...(options.robust ? [options.robust] : [])].map(
        (model) => [model.name, model] as const,
      )
    : [
        ['standard', loadEmbedded('standard')],
        ['robust', loadEmbedded('robust')],
      ];
  const [[, first]] = models;
  const shown = gallery(first, options.pictures, options.labels);
  const count = Math.min(2, shown.names.length);
  const images = shown.images.slice<Tensor4D>([0, 0, 0, 0], [count, -1, -1, -1]);
  const labels = shown.labels.slice<Tensor1D>([0], [count]);
  const one = images.slice<Tensor4D>([0, 0, 0, 0], [1, -1, -1, -1]);
  const [name] = shown.names;
  const rows = [
    ...shown.names.slice(0, count).map((says, i) => ({
      image: images.slice<Tensor4D>([i, 0, 0, 0], [1, -1, -1, -1]),
      label: labels.dataSync()[i],
      says,
    })),
    ...incorrectLabels(first, one, labels.dataSync()[0]).map((label) => ({
      image: one,
      label,
      says: `${name} as if\n${first.classNames[label]}`,
    })),
  ];
  const steps = options.model ? OTHER_STEPS : EMBEDDED_STEPS;
  const blocks = rows.flatMap(({ image, label, says }) =>
    models.map(([kind, model]) => {
      options.onProgress?.(`${says.replaceAll('\n', ' ')}, ${kind}`);
      return explain(model, image, tf.tensor1d([label], 'int32'), { names: [`${says},\n${kind}`], steps });
    }),
  );
  const file = join(options.outputDirectory, 'attribution.png');
  await savePicture(file, attributionFigure(blocks));
  return [file];
}
