import type { CheckDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { checksOf } from '../../rubrics/check-builders.ts';
import { composed } from '../../rubrics/tolerances.ts';
import { styleTransfer } from './names.ts';
import { lossRubric, networkRubric } from './network-rubric.ts';
import { ownLossesRubric } from './own-losses.ts';
import { smallRubric } from './small-rubric.ts';
import { targetsRubric } from './targets-rubric.ts';

const { leftovers, tidyCode } = checksOf(styleTransfer, { tolerance: composed });

const plausibleLoss = [{ case: 'several-layers', value: { call: 'gradient', gradient: true } }] as const;

export const styleTransferRubric = (roles: Roles): readonly CheckDefinition[] => [
  ...ownLossesRubric,
  ...targetsRubric,
  ...lossRubric,
  ...smallRubric,
  ...networkRubric(roles),
  leftovers(0.125, 'styleTransferTargets', {
    id: 'targets-leftovers',
    case: 'targets',
    call: 'targets',
    plausible: [{ case: 'targets', value: { call: 'targets', path: ['content'] } }],
  }),
  leftovers(0.125, 'styleTransferLoss', {
    id: 'loss-leftovers',
    case: 'several-layers',
    call: 'loss',
    plausible: [...plausibleLoss],
  }),
  leftovers(0.25, 'styleTransferStep', {
    // A step that returns what it was given is plausible, too.
    requires: ['memory-steps'],
    case: 'step',
    call: 'step',
    plausible: [{ case: 'step', value: { call: 'step', path: ['image'] } }],
    hint: 'Put the computation into tf.tidy(() => { ... }) and return the record of the new state from it.',
  }),
  tidyCode(0.25, { plausible: [...plausibleLoss] }),
];
