import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf } from '../../cases/case-builders.ts';
import { convolutionModel, linearModel, linearModelBlindTo } from '../../cases/models.ts';
import type { PairRole } from '../../cases/pair-role.ts';
import { saliencyVariants } from './names.ts';
import { networkCase } from './network-case.ts';
import { boundaryCase, linearCase, smallCase } from './small-cases.ts';

const publicNoise = { samples: 4, deviation: 0.6, seed: 'public noise' };
const fainterNoise = { ...publicNoise, deviation: 0.35 };

export function saliencyVariantsCases(seed: string, pair: PairRole): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(saliencyVariants, seed);
  return [
    publicCase(
      'linear',
      linearCase([2, 0], {
        variants: {
          absolute: {},
          signed: { sign: 'signed' },
          softmax: { output: 'softmax' },
          'log-softmax': { output: 'log-softmax', sign: 'signed' },
          threshold: { threshold: 0.5 },
        },
        others: [3, 1],
      }),
    ),
    // With a ReLU the gradient changes from place to place of the image, so noise makes a difference.
    publicCase(
      'smoothed',
      smallCase([1, 2], [10, 10], convolutionModel(3), {
        smoothed: { sign: 'signed', smoothing: publicNoise },
      }),
    ),
    publicCase(
      'network',
      networkCase(
        pair,
        [1, 4],
        64,
        {
          absolute: {},
          signed: { sign: 'signed' },
          smoothed: { smoothing: fainterNoise },
          threshold: { smoothing: fainterNoise, threshold: 0.4 },
        },
        { drawn: true },
      ),
    ),
    privateCase(
      'outputs-batch',
      smallCase([4, 1, 3], [5, 8], linearModel(5, 0.15), {
        softmax: { output: 'softmax', sign: 'signed' },
        'log-softmax': { output: 'log-softmax' },
        threshold: { sign: 'signed', threshold: 0.7 },
      }),
    ),
    privateCase(
      'smoothed-batch',
      smallCase([3, 0, 2], [9, 13], convolutionModel(4), {
        smoothed: { smoothing: { samples: 5, deviation: 0.8, seed: 'private noise' } },
        everything: {
          output: 'log-softmax',
          sign: 'signed',
          smoothing: { samples: 3, deviation: 0.5, seed: 'other noise' },
          threshold: 0.3,
        },
        'one-copy': { smoothing: { samples: 1, deviation: 0.7, seed: 'lonely noise' } },
      }),
    ),
    privateCase(
      'flat',
      smallCase([1, 0], [4, 4], linearModelBlindTo(0, 2), { thresholded: { threshold: 0.5 } }),
    ),
    privateCase('boundary', boundaryCase),
    // Scores so far apart that the probability of a label is 0 in float32, and its logarithm is not.
    privateCase(
      'unlikely',
      smallCase([0, 1, 2], [4, 5], linearModel(4, 20), { map: { output: 'log-softmax', sign: 'signed' } }),
    ),
    privateCase(
      'network-batch',
      networkCase(
        pair,
        [7, 0, 9],
        72,
        {
          probability: { output: 'softmax', sign: 'signed' },
          smoothed: {
            output: 'log-softmax',
            smoothing: { samples: 6, deviation: 0.3, seed: 'network noise' },
            threshold: 0.25,
          },
        },
        { drawn: false },
      ),
    ),
  ];
}
