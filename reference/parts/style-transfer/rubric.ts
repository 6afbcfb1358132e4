import type { CheckDefinition } from '../../../grader/assignment/define.ts';

import { networkRubric } from './network-rubric.ts';
import { smallRubric } from './small-rubric.ts';

export const styleTransferRubric: readonly CheckDefinition[] = [
  ...smallRubric,
  ...networkRubric,
  {
    kind: 'memory',
    id: 'leftovers',
    title: 'styleTransferStep leaves no tensors behind',
    points: 0.5,
    requires: ['first-step'],
    case: 'step',
    call: 'step',
    hint: 'Put the computation into tf.tidy(() => { ... }) and return the record of the new state from it.',
  },
  {
    kind: 'source-rule',
    id: 'tidy-code',
    title: 'style-transfer.ts has no leftover prints and only allowed imports',
    points: 0.25,
    requires: ['loss'],
    rules: ['no-prints', 'imports', 'signatures', 'given-code'],
  },
];
