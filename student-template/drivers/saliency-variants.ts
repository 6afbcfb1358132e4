import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { DrawingOptions } from '../lib/drawing-options.ts';
import { gallery } from '../lib/gallery.ts';
import { loadEmbedded } from '../lib/models/embedded.ts';
import { savePicture } from '../lib/picture/files.ts';
import { rightColour, wrongColour } from '../lib/picture/theme.ts';
import { saliencyVariantsFigure } from '../lib/figures/saliency-variants.ts';
import type { DrawnVariant } from '../lib/figures/saliency-variants.ts';
import { misclassified } from '../lib/misclassified.ts';
import type { SaliencyVariantOptions } from '../contract/saliency-variants.ts';
import { saliencyVariant } from '../introspection/saliency-variants.ts';

const smoothing = { samples: 32, deviation: 0.2, seed: 'saliency variants' };

/** The rows of the figure. */
const variants: readonly { label: string; options: SaliencyVariantOptions; as: DrawnVariant['as'] }[] = [
  { label: 'score,\nabsolute', options: { output: 'logit' }, as: 'magnitude' },
  { label: 'probability,\nabsolute', options: { output: 'softmax' }, as: 'magnitude' },
  { label: 'log-probability,\nabsolute', options: { output: 'log-softmax' }, as: 'magnitude' },
  { label: 'score,\nsigned', options: { sign: 'signed' }, as: 'signed' },
  { label: 'signed and\nsmoothed', options: { sign: 'signed', smoothing }, as: 'signed' },
  { label: 'absolute and\nsmoothed', options: { smoothing }, as: 'magnitude' },
  { label: 'smoothed,\nthreshold 0.1', options: { smoothing, threshold: 0.1 }, as: 'magnitude' },
  { label: 'the same over\nthe picture', options: { smoothing, threshold: 0.1 }, as: 'overlay' },
];

/** Draws pictures above their saliency maps in several variants; a wrongly classified one for both its classes. */
export async function visualize(
  options: DrawingOptions & { readonly outputDirectory: string },
): Promise<string[]> {
  const model = options.model ?? loadEmbedded('standard');
  const shown = gallery(model, options.pictures, options.labels);
  const rightOnes = Math.min(3, shown.names.length);
  const errors = misclassified(model, { count: 2 });
  const examples = [
    ...shown.names.slice(0, rightOnes).map((name, i) => ({
      image: shown.images.slice([i, 0, 0, 0], [1, -1, -1, -1]),
      label: shown.labels.dataSync()[i],
      name,
      frame: undefined,
    })),
    ...errors.flatMap(({ image, actual, predicted }) => [
      { image, label: actual, name: `really ${model.classNames[actual]}`, frame: rightColour },
      { image, label: predicted, name: `taken for ${model.classNames[predicted]}`, frame: wrongColour },
    ]),
  ];
  const images = tf.concat(examples.map(({ image }) => image)); // [N, H, W, 3]
  const labels = tf.tensor1d(
    examples.map(({ label }) => label),
    'int32',
  );
  const drawn = variants.map(({ label, options: variant, as }) => {
    options.onProgress?.(label.replaceAll('\n', ' '));
    return { label, maps: saliencyVariant(images, labels, model, variant), as };
  });
  const file = join(options.outputDirectory, 'saliency_variants.png');
  await savePicture(
    file,
    saliencyVariantsFigure({
      images,
      names: examples.map(({ name }) => name),
      frames: examples.map(({ frame }) => frame),
      variants: drawn,
    }),
  );
  return [file];
}
