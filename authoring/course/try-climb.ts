import { setImmediate as waitForSignals } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import { totalVariation } from '../../grader/checks/property/statistics.ts';
import type { Classifier } from '../../reference/contract/classifier.ts';
import type { ClimbRole } from '../../reference/cases/roles.ts';
import { zeroStart } from '../../reference/lib/ascent/start.ts';
import { createClassVisualization } from '../../reference/parts/class-visualization/class-visualization.ts';

/** The last iteration of a network of full size is one that blurs, so that the image at the end is smooth. */
const ITERATIONS = 11;
/** Classes of ImageNet that are known to come out well: tarantula, Yorkshire terrier, flamingo, daisy. */
const KNOWN = [76, 187, 130, 985];
const CANDIDATES = 8;
/** What goes missing where an image does not come out smooth. */
const NOT_SMOOTHED = [{ blurSigma: 0 }, { blurSigma: 0, maxJitter: 0 }];
/** A climb without must be so many times rougher, or smoothness tells nothing. */
const LEAST_ROUGHER = 1.5;
/**
 * A class is seen clearly where its score is ahead of every other by so much of its rise. Where it is not, a climb that
 * blurs or clamps at another moment ends at another class, and is told that it climbs the wrong score.
 */
const CLEARLY = 0.25;

interface End {
  readonly score: number;
  /** The highest score of all other classes. */
  readonly next: number;
  /** As the check computes it. */
  readonly variation: number;
}

function endOf(image: Tensor4D, target: number, model: Classifier): End {
  return tf.tidy(() => {
    const scores = model.logits(image).dataSync();
    return {
      score: scores[target],
      next: Math.max(...[...scores].filter((_, other) => other !== target)),
      variation: totalVariation({ dtype: 'float32', shape: image.shape, data: image.dataSync<'float32'>() }),
    };
  });
}

function climb(model: Classifier, target: number, settings: object = {}): { start: End; end: End } {
  const zero = zeroStart(model.inputSize);
  const image = createClassVisualization(target, model, {
    iterations: ITERATIONS,
    seed: 'climb',
    start: zero,
    ...settings,
  });
  const ends = { start: endOf(zero, target, model), end: endOf(image, target, model) };
  tf.dispose([zero, image]);
  return ends;
}

/**
 * The first class that gradient ascent makes a network see clearly, else the one that it sees most clearly, with bounds
 * halfway between what the reference reaches and what an ascent that does nothing, or keeps nothing smooth, does.
 *
 * Between two tries the process hears whether somebody interrupts it.
 *
 * @param onTried told the class, and how many there are
 * @throws Error: a sentence where there is none among those tried
 */
export async function tryClimb(model: Classifier, onTried: (what: string) => void): Promise<ClimbRole> {
  const count = model.classNames.length;
  const spread = Array.from({ length: CANDIDATES }, (_, i) => Math.floor((i * count) / CANDIDATES));
  const candidates = [...new Set([...(count === 1000 ? KNOWN : []), ...spread])];
  let best: { readonly role: ClimbRole; readonly ahead: number } | undefined;
  for (const [i, target] of candidates.entries()) {
    const { start, end } = climb(model, target);
    onTried(`${model.classNames[target]}, ${i + 1} of at most ${candidates.length}`);
    await waitForSignals();
    const rise = end.score - start.score;
    const ahead = (end.score - end.next) / rise;
    if (!(rise > 0) || !(ahead > (best?.ahead ?? 0))) continue;
    const rough = Math.min(...NOT_SMOOTHED.map((settings) => climb(model, target, settings).end.variation));
    if (rough < LEAST_ROUGHER * end.variation) continue;
    const role = {
      target,
      iterations: ITERATIONS,
      rise: Number((rise / 2).toPrecision(3)),
      variation: Number(Math.sqrt(rough * end.variation).toPrecision(3)),
    };
    if (ahead >= CLEARLY) return role;
    best = { role, ahead };
  }
  if (best) return best.role;
  throw new Error(
    `a course needs a class that gradient ascent reaches; of ${candidates.length} tried on ${model.name}, none is seen after ${ITERATIONS} steps in an image that blur and jitter keep smooth`,
  );
}
