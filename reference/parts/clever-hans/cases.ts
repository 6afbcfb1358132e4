import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { casesOf } from '../../cases/case-builders.ts';
import { convolutionModel, linearModel } from '../../cases/models.ts';
import { experimentCase } from './experiment-case.ts';
import { cleverHans } from './names.ts';
import { markCase, relianceCase, stepsCase } from './small-cases.ts';

export function cleverHansCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(cleverHans, seed);
  return [
    publicCase(
      'marks',
      markCase([2, 20, 20, 3], {
        square: ['square', 0.75],
        watermark: ['watermark', 0.3],
        lightness: ['lightness', 0.4],
      }),
    ),
    publicCase(
      'one-step',
      stepsCase({
        count: 6,
        network: { size: 4, filters: [], classes: 3 },
        schedule: { learningRate: 0.5, momentum: 0.9, batchSize: 6, epochs: 1 },
      }),
    ),
    // On a linear model the maps are max_c |W_y| whatever the pictures, and the drop is linear in the mark.
    publicCase(
      'reliance',
      relianceCase(
        { count: 2, size: [12, 12], label: 1, region: 'square', sameMap: true },
        linearModel(4, 0.3),
      ),
    ),
    publicCase(
      'experiment',
      experimentCase({
        kind: 'square',
        strength: 1,
        size: 24,
        filters: [6, 12],
        perClass: 40,
        newOnes: 20,
        schedule: { learningRate: 0.05, momentum: 0.9, batchSize: 20, epochs: 8 },
        drawn: true,
      }),
    ),
    privateCase(
      'marks-wide',
      markCase([3, 18, 31, 3], {
        square: ['square', 1],
        watermark: ['watermark', 0.45],
        lightness: ['lightness', 0.25],
        nothing: ['lightness', 0],
      }),
    ),
    privateCase(
      'steps',
      stepsCase({
        count: 10,
        network: { size: 8, filters: [4, 5], classes: 3 },
        schedule: { learningRate: 0.2, momentum: 0.8, batchSize: 4, epochs: 2 },
      }),
    ),
    // Scores so far apart that some probabilities are 0 in float32, and their logarithms are not.
    privateCase(
      'confident',
      stepsCase({
        count: 9,
        network: { size: 4, filters: [], classes: 4 },
        schedule: { learningRate: 1e-5, momentum: 0.5, batchSize: 4, epochs: 1 },
        deviation: 300,
      }),
    ),
    // With a ReLU, each picture has a map and a share of its own.
    privateCase(
      'reliance-batch',
      relianceCase({ count: 3, size: [11, 16], label: 2, region: 'lightness' }, convolutionModel(4)),
    ),
    privateCase(
      'reliance-flat',
      relianceCase({ count: 2, size: [8, 8], label: 0, region: 'square', sameMap: true }, linearModel(4, 0)),
    ),
    privateCase(
      'experiment-lightness',
      experimentCase({
        kind: 'lightness',
        strength: 0.4,
        size: 16,
        filters: [],
        perClass: 20,
        newOnes: 30,
        schedule: { learningRate: 0.002, momentum: 0.9, batchSize: 20, epochs: 8 },
        drawn: false,
      }),
    ),
  ];
}
