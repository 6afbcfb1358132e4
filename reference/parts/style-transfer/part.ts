import type { PartDefinition } from '../../../grader/assignment/define.ts';
import type { Roles } from '../../cases/roles.ts';
import { styleTransferCases } from './cases.ts';
import { styleTransfer } from './names.ts';
import { styleTransferRubric } from './rubric.ts';

export function styleTransferPart(seed: string, roles: Roles): PartDefinition {
  return {
    id: styleTransfer.id,
    title: 'Style transfer',
    group: 'B',
    network: 'course',
    directory: import.meta.dirname,
    files: {
      [styleTransfer.solution.path]: { source: 'style-transfer.ts', role: 'solution' },
      'contract/style-transfer.ts': { source: 'contract.ts', role: 'given' },
      'lib/adam.ts': { source: 'adam.ts', role: 'given' },
      'lib/style-transfer/settings.ts': { source: 'settings.ts', role: 'given' },
      [styleTransfer.picture.path]: { source: 'stylized-picture.ts', role: 'given' },
      'lib/style-transfer/weights-for.ts': { source: 'weights-for.ts', role: 'given' },
      'handouts/style-transfer.png': { source: 'style-transfer.png', role: 'given' },
      'drivers/style-transfer.ts': { source: 'driver.ts', role: 'given' },
    },
    handout: 'handout.md',
    hours: 2.5,
    cases: styleTransferCases(seed, roles),
    checks: styleTransferRubric(roles),
  };
}
