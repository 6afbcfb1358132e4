import * as tf from '@tensorflow/tfjs';
import type { Classifier } from '../../reference/contract/classifier.ts';
import { preprocess } from '../../reference/lib/picture/preprocess.ts';
import { crop, cropSquare, type Raster } from '../../reference/lib/picture/raster.ts';
import { toPixels } from '../../reference/lib/picture/tensors.ts';
import { OTHER_SIZE, squareAsPng, type Candidate } from './course-pictures.ts';

/** A picture that a network takes for one class, with the class that it is explained, or changed, for. */
export interface ChosenMistake {
  readonly name: string;
  /** Square, as large as the other pictures of a course. */
  readonly raster: Raster;
  readonly predicted: number;
  /** The true class where it is known, else the network's second choice. */
  readonly actual: number;
  readonly isTrue: boolean;
}

/** The side of a part of a picture, as a share of that of the whole one. */
const SHARE = 3 / 4;
/** By how much the score of what a network sees is above that of the other class at least, as a share: rounding must not turn it. */
const MARGIN = 0.01;

/** Ways of cutting a square out of a square picture: the whole, then its middle and its corners. */
const VIEWS = [
  { name: '', at: undefined },
  { name: ', its middle', at: [0.5, 0.5] },
  { name: ', its upper left', at: [0, 0] },
  { name: ', its upper right', at: [1, 0] },
  { name: ', its lower left', at: [0, 1] },
  { name: ', its lower right', at: [1, 1] },
] as const;

function view(picture: Raster, at: readonly [right: number, down: number] | undefined): Raster {
  const whole = cropSquare(picture);
  if (!at) return whole;
  const side = Math.max(1, Math.floor(SHARE * whole.width));
  const [x, y] = at.map((share) => Math.floor(share * (whole.width - side)));
  return crop(whole, { x, y, width: side, height: side });
}

/** How many ways there are of looking at each picture. */
export const VIEWS_OF_EACH = VIEWS.length;

/**
 * The pictures that a network gets wrong, one after the other: whole ones first, then parts of them. Of pictures whose
 * classes are not known, what the network sees stands against what it sees second.
 */
export function* mistakesOf(model: Classifier, pictures: readonly Candidate[]): Generator<ChosenMistake> {
  for (const { name: which, at } of VIEWS) {
    for (const { name, label, raster: make } of pictures) {
      const raster = squareAsPng(view(make(), at), OTHER_SIZE);
      const scores = tf.tidy(() => model.logits(preprocess(toPixels([raster]))).dataSync());
      const [first, second] = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
      const actual = label ?? second;
      const margin = scores[first] - scores[actual];
      // A class without any score has no slope: there is nothing to explain.
      if (actual === first || !(scores[actual] > 0) || margin < MARGIN * scores[first]) continue;
      yield { name: `${name}${which}`, raster, predicted: first, actual, isTrue: label !== undefined };
    }
  }
}
