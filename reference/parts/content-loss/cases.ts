import type { Argument } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { casesOf, type CaseRecipe } from '../../cases/case-builders.ts';
import { activation } from '../../cases/features.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import { painted } from '../../cases/pictures.ts';
import { lossAndGradient } from '../../cases/template-module.ts';
import { contentLoss } from './names.ts';

const { solution } = contentLoss;

const tensors: readonly Argument[] = [{ tensor: 'current' }, { tensor: 'original' }];

const noiseCase =
  (shape: ImageShape, weight: number): CaseRecipe =>
  ({ stream }) => ({
    inputs: { current: noise(stream, shape), original: noise(stream, shape) },
    calls: lossAndGradient(solution, 'contentLoss', [{ number: weight }, ...tensors], { argument: 1 }),
  });

/** Two positions, two channels: the differences are 1, 0, 2 and 3, so the loss is 0.5 * 14. */
const byHand: CaseRecipe = {
  inputs: {
    current: floats([1, 1, 2, 2], [1, 2, 3, 4]),
    original: floats([1, 1, 2, 2], [0, 2, 1, 1]),
  },
  calls: lossAndGradient(solution, 'contentLoss', [{ number: 0.5 }, ...tensors], { argument: 1 }),
};

/** The current image is the content image, as in the first step of a style transfer. */
const equal: CaseRecipe = ({ stream }) => {
  const features = noise(stream, [1, 4, 6, 3]);
  return {
    inputs: { current: features, original: features },
    calls: lossAndGradient(solution, 'contentLoss', [{ number: 0.8 }, ...tensors], { argument: 1 }),
  };
};

/** Layer 3 of the embedded network for two of the bundled pictures. */
const network: CaseRecipe = {
  calls: lossAndGradient(
    solution,
    'contentLoss',
    [
      { number: 6e-2 },
      activation(painted('whirlingStrokes', 64), 3),
      activation(painted('landscape', 64), 3),
    ],
    { argument: 1 },
  ),
};

export function contentLossCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(contentLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('feature-map', noiseCase([1, 8, 8, 16], 6e-2)),
    publicCase('network', network),
    privateCase('wide-map', noiseCase([1, 5, 11, 7], 3.5)),
    privateCase('one-channel', noiseCase([1, 9, 4, 1], 2e-3)),
    privateCase('equal', equal),
    privateCase('weight-zero', noiseCase([1, 4, 4, 3], 0)),
  ];
}
