import type { Argument } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { activation } from '../../cases/features.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import type { Roles } from '../../cases/roles.ts';
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

/** A layer of a deep network for two pictures. */
function networkCase({ painting, losses: { content } }: Roles): CaseBody {
  const { weight, layer, current, original } = content;
  const featuresOf = (image: Argument): Argument => activation(image, painting, layer);
  const args = [{ number: weight }, featuresOf(current), featuresOf(original)];
  return { calls: lossAndGradient(solution, 'contentLoss', args, { argument: 1 }) };
}

export function contentLossCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(contentLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('feature-map', noiseCase([1, 8, 8, 16], 6e-2)),
    publicCase('network', networkCase(roles)),
    privateCase('wide-map', noiseCase([1, 5, 11, 7], 3.5)),
    privateCase('one-channel', noiseCase([1, 9, 4, 1], 2e-3)),
    privateCase('equal', equal),
    privateCase('weight-zero', noiseCase([1, 4, 4, 3], 0)),
  ];
}
