import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { floats } from '../../../grader/format/literals.ts';
import { casesOf, type CaseRecipe } from '../../cases/case-builders.ts';
import { noise, type ImageShape } from '../../cases/inputs.ts';
import { painted } from '../../cases/pictures.ts';
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
  calls: [solution.call('loss', 'tvLoss', [{ tensor: 'image' }, { number: 0.5 }])],
};

/** A bundled picture, as the style transfer starts from it. */
const landscape: CaseRecipe = {
  calls: [solution.call('loss', 'tvLoss', [painted('landscape', 96), { number: 2e-2 }])],
};

/** Noise of two sizes, to see whether the work is done by whole-tensor operations. */
const sizes: CaseRecipe = ({ stream }) => ({
  inputs: { small: noise(stream, [1, 6, 6, 3]), large: noise(stream, [1, 24, 30, 3]) },
  calls: ['small', 'large'].map((image) =>
    solution.call(image, 'tvLoss', [{ tensor: image }, { number: 1 }], { observe: true }),
  ),
});

export function tvLossCases(seed: string): CaseDefinition[] {
  const { publicCase, privateCase } = casesOf(tvLoss, seed);
  return [
    publicCase('by-hand', byHand),
    publicCase('image', noiseCase([1, 10, 10, 3], 2e-2)),
    publicCase('landscape', landscape),
    publicCase('sizes', sizes),
    privateCase('wide-image', noiseCase([1, 6, 13, 3], 0.7)),
    privateCase('one-row', noiseCase([1, 1, 9, 3], 1.5)),
    privateCase('weight-zero', noiseCase([1, 5, 5, 3], 0)),
  ];
}
