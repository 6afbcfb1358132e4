import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';
import { networkRubric } from './network-rubric.ts';
import { smallRubric } from './small-rubric.ts';

const { leftovers, tidyCode } = checksOf(styleTransfer, { call: 'step', tolerance: composed });

export const styleTransferRubric: readonly CheckDefinition[] = [
  ...smallRubric,
  ...networkRubric,
  leftovers(0.5, 'styleTransferStep', {
    requires: ['first-step'],
    case: 'step',
    hint: 'Put the computation into tf.tidy(() => { ... }) and return the record of the new state from it.',
  }),
  tidyCode(0.25, { requires: ['loss'] }),
];
