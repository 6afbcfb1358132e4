import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf } from '../../cases/case-builders.ts';
import { convolutionModel, linearModel } from '../../cases/models.ts';
import { adam } from './contract.ts';
import type { Objective } from './contract.ts';
import { activationMaximization } from './names.ts';
import { hiddenLayerCase, networkCase, shapePixels, startPixels } from './network-cases.ts';
import {
  laterStepsCase,
  onePenaltyCase,
  optimizerCase,
  penaltyCase,
  scoresCase,
  walkCase,
} from './small-cases.ts';

const logit = (label: number): Objective => ({ kind: 'class', label, output: 'logit' });
const ascent = (learningRate: number) =>
  ({ parametrization: 'clip', optimizer: { kind: 'ascent', learningRate } }) as const;

export function activationMaximizationCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(activationMaximization, seed);
  return [
    publicCase(
      'scores',
      scoresCase({
        logit: logit(2),
        softmax: { kind: 'class', label: 1, output: 'softmax' },
        'log-softmax': { kind: 'class', label: 3, output: 'log-softmax' },
      }),
    ),
    publicCase('optimizer-ascent', optimizerCase({ kind: 'ascent', learningRate: 0.3 })),
    publicCase('optimizer-momentum', optimizerCase({ kind: 'momentum', learningRate: 0.2, momentum: 0.8 })),
    publicCase(
      'optimizer-adam',
      optimizerCase({ kind: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 }),
    ),
    publicCase(
      'linear',
      walkCase([5, 7], linearModel(3, 0.2), {
        once: { objective: logit(1), settings: { ...ascent(0.05), steps: 1 } },
        // So far that every pixel ends where clipping stops it.
        'to-the-end': { objective: logit(0), settings: { ...ascent(2), steps: 40 } },
      }),
    ),
    publicCase(
      'network',
      networkCase({
        model: 'standard',
        start: startPixels('noise', 64),
        label: 4,
        output: 'logit',
        runs: { walk: { parametrization: 'clip', optimizer: adam(0.02), steps: 16 } },
        drawn: true,
      }),
    ),
    privateCase(
      'objectives',
      scoresCase(
        {
          softmax: { kind: 'class', label: 3, output: 'softmax' },
          'log-softmax': { kind: 'class', label: 0, output: 'log-softmax' },
        },
        { size: [9, 6], asked: { observe: true } },
      ),
    ),
    // Scores so far apart that the probability of the class is 0 in float32, and its logarithm is not.
    privateCase(
      'unlikely',
      scoresCase(
        { score: { kind: 'class', label: 0, output: 'log-softmax' } },
        { size: [4, 5], on: linearModel(4, 100) },
      ),
    ),
    privateCase(
      'later-steps',
      laterStepsCase({
        ascent: { kind: 'ascent', learningRate: 0.4 },
        momentum: { kind: 'momentum', learningRate: 0.3, momentum: 0.6 },
        adam: { kind: 'adam', learningRate: 0.08, beta1: 0.7, beta2: 0.95, epsilon: 1e-2 },
      }),
    ),
    privateCase(
      'no-way-up',
      walkCase([4, 6], linearModel(3, 0), {
        walk: { objective: logit(1), settings: { parametrization: 'clip', optimizer: adam(0.1), steps: 2 } },
      }),
    ),
    privateCase(
      'sigmoid',
      walkCase([7, 6], convolutionModel(4), {
        start: {
          objective: logit(2),
          settings: { ...ascent(0.3), steps: 0 },
        },
        walk: {
          objective: { kind: 'class', label: 1, output: 'log-softmax' },
          settings: {
            parametrization: 'sigmoid',
            optimizer: { kind: 'momentum', learningRate: 3, momentum: 0.5 },
            steps: 4,
          },
        },
      }),
    ),
    privateCase(
      'adam',
      walkCase([6, 9], convolutionModel(4), {
        walk: {
          objective: { kind: 'class', label: 3, output: 'softmax' },
          settings: { parametrization: 'clip', optimizer: { ...adam(0.1), epsilon: 1e-2 }, steps: 5 },
        },
      }),
    ),
    privateCase(
      'network-picture',
      networkCase({
        model: 'robust',
        start: shapePixels(`${seed}/activation-maximization/network-picture`, 1, 96),
        label: 8,
        output: 'log-softmax',
        runs: { walk: { parametrization: 'sigmoid', optimizer: adam(0.3), steps: 12 } },
      }),
    ),
    privateCase('hidden-feature', scoresCase({ feature: { kind: 'feature', layer: 0, channel: 4 } })),
    privateCase('hidden-layer', hiddenLayerCase),
    publicCase('penalty', penaltyCase),
    privateCase('one-penalty', onePenaltyCase),
    privateCase(
      'regularized',
      walkCase([8, 8], convolutionModel(4), {
        some: {
          objective: logit(3),
          settings: { ...ascent(0.3), steps: 3, regularizers: { l2: 2e-2, blur: { every: 3, sigma: 0.8 } } },
        },
        walk: {
          objective: logit(2),
          settings: {
            ...ascent(0.3),
            steps: 4,
            regularizers: { l2: 2e-3, tv: 1e-3, blur: { every: 2, sigma: 0.6 }, jitter: 2 },
            seed: 'graded shifts',
          },
        },
      }),
    ),
    publicCase(
      'smoother',
      networkCase({
        model: 'standard',
        start: startPixels('noise', 64),
        label: 6,
        output: 'logit',
        runs: {
          regularized: {
            parametrization: 'clip',
            optimizer: adam(0.05),
            steps: 16,
            regularizers: { l2: 1e-4, tv: 2e-3, blur: { every: 8, sigma: 0.7 }, jitter: 2 },
          },
          plain: { parametrization: 'clip', optimizer: adam(0.05), steps: 16 },
        },
      }),
    ),
  ];
}
