import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { casesOf, type CaseBody, type CaseRecipe } from '../../cases/case-builders.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import type { Roles } from '../../cases/roles.ts';
import { lossAndGradient } from '../../cases/template-module.ts';
import { tvLoss } from './names.ts';

const { solution } = tvLoss;

const noiseCase =
  (shape: ImageShape, weight: number): CaseRecipe =>
  ({ stream }) => ({
    inputs: { image: noise(stream, shape) },
    calls: lossAndGradient(solution, 'tvLoss', [{ tensor: 'image' }, { number: weight }], { argument: 0 }),
  });

/** 0.5 * (vertical: 3^2 + 5^2; horizontal: 1^2 + 3^2) */
const byHand: CaseRecipe = {
  inputs: { image: floats([1, 2, 2, 1], [1, 2, 4, 7]) },
  calls: lossAndGradient(solution, 'tvLoss', [{ tensor: 'image' }, { number: 0.5 }], { argument: 0 }),
};

/** Evenly coloured: no neighbours differ. */
const flat: CaseRecipe = {
  inputs: {
    image: floats(
      [1, 4, 5, 3],
      Array.from({ length: 60 }, (_, i) => [0.5, -1, 2][i % 3]),
    ),
  },
  calls: lossAndGradient(solution, 'tvLoss', [{ tensor: 'image' }, { number: 0.6 }], { argument: 0 }),
};

/** A picture, as the style transfer starts from it. */
const pictureCase = ({ losses: { variation } }: Roles): CaseBody => ({
  calls: lossAndGradient(solution, 'tvLoss', [variation.image, { number: variation.weight }], {
    argument: 0,
  }),
});

/** Noise of two sizes, to see whether the work is done by whole-tensor operations. */
const sizes: CaseRecipe = ({ stream }) => ({
  inputs: { small: noise(stream, [1, 6, 6, 3]), large: noise(stream, [1, 24, 30, 3]) },
  calls: ['small', 'large'].map((image) =>
    solution.call(image, 'tvLoss', [{ tensor: image }, { number: 1 }], { observe: true }),
  ),
});

export function tvLossCases(seed: string, roles: Roles): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(tvLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('image', noiseCase([1, 10, 10, 3], 2e-2)),
    publicCase('landscape', pictureCase(roles)),
    publicCase('sizes', sizes),
    privateCase('wide-image', noiseCase([1, 6, 13, 4], 0.7)),
    privateCase('batch', noiseCase([3, 7, 5, 2], 0.4)),
    privateCase('one-row', noiseCase([1, 1, 9, 3], 1.5)),
    privateCase('one-column', noiseCase([1, 8, 1, 3], 0.9)),
    privateCase('flat', flat),
    privateCase('weight-zero', noiseCase([1, 5, 5, 3], 0)),
  ];
}
