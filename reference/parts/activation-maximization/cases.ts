import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { embedded } from '../../cases/models.ts';
import { adam } from './contract.ts';
import type { Objective } from './contract.ts';
import { networkCase, shapePixels, startPixels } from './network-cases.ts';
import { optimizerCase, penaltyCase, scoresCase, smallCase } from './small-cases.ts';

export function activationMaximizationCases(seed: string): CaseDefinition[] {
  const logit = (label: number): Objective => ({ kind: 'class', label, output: 'logit' });
  const plain = { parametrization: 'clip', optimizer: { kind: 'ascent', learningRate: 0.05 } } as const;
  return [
    scoresCase('scores', 'public', seed, {
      logit: logit(2),
      softmax: { kind: 'class', label: 1, output: 'softmax' },
      'log-softmax': { kind: 'class', label: 3, output: 'log-softmax' },
    }),
    optimizerCase(seed, { kind: 'ascent', learningRate: 0.3 }),
    optimizerCase(seed, { kind: 'momentum', learningRate: 0.2, momentum: 0.8 }),
    optimizerCase(seed, { kind: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 }),
    smallCase({
      id: 'linear',
      visibility: 'public',
      seed,
      size: [5, 7],
      model: 'linear',
      runs: {
        once: { objective: logit(1), settings: { ...plain, steps: 1 } },
        // So far that every pixel ends where clipping stops it.
        'to-the-end': {
          objective: logit(0),
          settings: { ...plain, optimizer: { kind: 'ascent', learningRate: 2 }, steps: 40 },
        },
      },
    }),
    networkCase({
      id: 'network',
      visibility: 'public',
      model: embedded('standard'),
      start: startPixels('noise', 64),
      label: 4,
      output: 'logit',
      runs: { walk: { parametrization: 'clip', optimizer: adam(0.02), steps: 20 } },
      drawn: true,
    }),
    smallCase({
      id: 'sigmoid',
      visibility: 'private',
      seed,
      size: [7, 6],
      model: 'convolution',
      runs: {
        walk: {
          objective: { kind: 'class', label: 1, output: 'log-softmax' },
          settings: {
            parametrization: 'sigmoid',
            optimizer: { kind: 'momentum', learningRate: 3, momentum: 0.5 },
            steps: 4,
          },
        },
      },
    }),
    smallCase({
      id: 'adam',
      visibility: 'private',
      seed,
      size: [6, 9],
      model: 'convolution',
      runs: {
        walk: {
          objective: { kind: 'class', label: 3, output: 'softmax' },
          settings: { parametrization: 'clip', optimizer: { ...adam(0.1), epsilon: 1e-2 }, steps: 5 },
        },
      },
    }),
    networkCase({
      id: 'network-picture',
      visibility: 'private',
      model: embedded('robust'),
      start: shapePixels(`${seed}/activation-maximization/network-picture`, 1, 96),
      label: 8,
      output: 'log-softmax',
      runs: { walk: { parametrization: 'sigmoid', optimizer: adam(0.2), steps: 20 } },
    }),
    scoresCase('hidden-feature', 'private', seed, { feature: { kind: 'feature', layer: 0, channel: 4 } }),
    penaltyCase(seed),
    smallCase({
      id: 'regularized',
      visibility: 'private',
      seed,
      size: [8, 8],
      model: 'convolution',
      runs: {
        walk: {
          objective: logit(2),
          settings: {
            parametrization: 'clip',
            optimizer: { kind: 'ascent', learningRate: 0.3 },
            steps: 4,
            regularizers: { l2: 2e-3, tv: 1e-3, blur: { every: 2, sigma: 0.6 }, jitter: 2 },
            seed: 'graded shifts',
          },
        },
      },
    }),
    networkCase({
      id: 'smoother',
      visibility: 'public',
      model: embedded('standard'),
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
  ];
}
