import { integers } from '../../grader/format/literals.ts';
import { shapesModel } from '../lib/models/shapes-classifier.ts';
import { labelOf, mistakeImage, mistakes, type KnownMistake } from './mistakes.ts';
import { embedded } from './models.ts';
import type { MistakeRole, PairRole } from './pair-role.ts';
import { shapesOf } from './pictures.ts';
import type { ImageRequest, LabelledImages } from './network-role.ts';

const { inputSize } = shapesModel;

function roleOf(mistake: KnownMistake, words: string): MistakeRole {
  const { model, actual, predicted } = mistake;
  return {
    model: embedded(model),
    image: mistakeImage(mistake),
    predicted: labelOf(predicted),
    predictedName: predicted,
    actual: labelOf(actual),
    actualName: actual,
    isTrue: true,
    words,
  };
}

const { arrow, disc, ring } = mistakes;

/** A shape of each class that is asked for. */
const drawn = ({ seed, size, labels }: ImageRequest): LabelledImages => ({
  images: shapesOf(labels, { seed, size }),
  labels: integers(labels),
});

/** The pair that comes with the course, on shapes that it draws itself. */
export const embeddedPair: PairRole = {
  isOwn: false,
  words: { standard: 'the embedded network', robust: 'the adversarially trained network' },
  standard: { model: embedded('standard'), inputSize },
  robust: { model: embedded('robust'), inputSize },
  imagesFor: drawn,
  imagesToComplete: (_, request) => drawn(request),
  mistakes: {
    first: roleOf(arrow, 'the arrow that it took for a heart'),
    second: roleOf(disc, 'the disc that it took for a heart'),
    robust: roleOf(ring, 'the ring that it took for a crescent'),
  },
  changes: {
    first: { penalty: 0.3, steps: 8, learningRate: 0.08 },
    cheap: { penalty: 0.05, steps: 6, learningRate: 0.08 },
    dear: { penalty: 4, steps: 6, learningRate: 0.08 },
    robust: { penalty: 0.01, steps: 8, learningRate: 2 },
  },
  // Measured on the graded images: at most 0.009 with all points of the way, 0.12 to 0.58 with its middle alone, up to
  // 0.20 and 0.23 with its end alone.
  completeUpTo: 0.04,
};
