import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { exact } from '../../rubrics/tolerances.ts';
import { contentLoss } from './names.ts';

const { close, gradient, leftovers, property, tidyCode } = checksOf(contentLoss, {
  call: 'loss',
  tolerance: exact,
});

const slope = { call: 'gradient', gradient: true } as const;
const seen = { factorSeenIn: slope };
const plausible = [{ case: 'feature-map', value: slope }];

const plainSum = 'Is the loss a plain sum over all positions and channels, and the weight used once?';
const undefinedAtZero =
  'The derivative of a square root, and so of a norm, is not finite at 0; that of a sum of squares is.';

export const contentLossRubric = ({ words }: Roles): readonly CheckDefinition[] => [
  close('by-hand', 0.5, 'contentLoss gives 7 on the example worked out in the handout', seen),
  close('value', 0.75, 'contentLoss is the weighted sum of squared differences on a feature map', {
    case: 'feature-map',
    ...seen,
  }),
  gradient('gradient', 0.5, 'contentLoss has the right gradient with respect to the current features', {
    case: 'feature-map',
    hint: { 'not-finite': undefinedAtZero },
  }),
  close('network', 0.5, `contentLoss is right on the features of two pictures in ${words.network}`, seen),
  close('wide-map', 1, 'contentLoss is right on a map that is not square', { ...seen, hint: plainSum }),
  gradient('wide-map-gradient', 1, 'contentLoss has the right gradient on a map that is not square', {
    case: 'wide-map',
    hint: plainSum,
  }),
  close('one-channel', 0.25, 'contentLoss is right on a map of one channel', {
    ...seen,
    hint: {
      'no-result': 'No dimension of the features may be taken for larger than 1, or dropped.',
      values: plainSum,
    },
  }),
  property('equal', 0.5, 'contentLoss has a gradient of 0 where both feature maps are the same', {
    requires: ['wide-map-gradient'],
    name: 'the gradient',
    ...slope,
    holds: { property: 'statistic', of: 'norm', atMost: 1e-6 },
    hint: {
      'not-finite': undefinedAtZero,
      values: 'Where current equals original nothing is to be changed, so nothing may pull.',
    },
  }),
  close('weight-zero', 0.25, 'contentLoss is 0 when its weight is 0', {
    requires: ['wide-map'],
    hint: 'A weight of 0 is a weight like any other; it leaves the term out.',
  }),
  leftovers(0.5, 'contentLoss', { case: 'feature-map', plausible }),
  tidyCode(0.25, { plausible }),
];
